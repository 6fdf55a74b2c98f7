-- Case-insensitive search inside names and descriptions; a trusted extension since Postgres 13.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateEnum
CREATE TYPE "KeyEnvironment" AS ENUM ('LIVE', 'TEST');

-- CreateEnum
CREATE TYPE "Visibility" AS ENUM ('PUBLIC', 'PRIVATE');

-- CreateEnum
CREATE TYPE "TemplateStatus" AS ENUM ('DRAFT', 'ACTIVE', 'ARCHIVED', 'DELETED');

-- CreateEnum
CREATE TYPE "RemovalReason" AS ENUM ('UNPUBLISHED', 'ARCHIVED', 'DELETED');

-- CreateEnum
CREATE TYPE "WorkoutCategory" AS ENUM ('EASY', 'LONG', 'RECOVERY', 'TEMPO', 'THRESHOLD', 'INTERVAL', 'REPETITION', 'HILLS', 'FARTLEK', 'PROGRESSION', 'RACE_PACE', 'TEST', 'STRENGTH', 'OTHER');

-- CreateEnum
CREATE TYPE "TemplateLevel" AS ENUM ('BEGINNER', 'INTERMEDIATE', 'ADVANCED');

-- CreateEnum
CREATE TYPE "GoalDistance" AS ENUM ('MILE', 'FIVE_K', 'TEN_K', 'HALF_MARATHON', 'MARATHON', 'FIFTY_K', 'FIFTY_MILE', 'HUNDRED_K', 'HUNDRED_MILE');

-- CreateTable
CREATE TABLE "Partner" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "contactEmail" TEXT,
    "notes" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Partner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "lookup" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "environment" "KeyEnvironment" NOT NULL,
    "label" TEXT,
    "scopes" TEXT[],
    "requestsPerMinute" INTEGER NOT NULL,
    "requestsPerDay" INTEGER NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT,
    "action" TEXT NOT NULL,
    "targetType" TEXT NOT NULL,
    "targetId" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SyncClock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "revision" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SyncClock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WorkoutTemplate" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "category" "WorkoutCategory" NOT NULL,
    "level" "TemplateLevel",
    "language" TEXT,
    "attribution" TEXT,
    "tags" TEXT[],
    "blocks" JSONB NOT NULL,
    "visibility" "Visibility" NOT NULL,
    "status" "TemplateStatus" NOT NULL,
    "authorId" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removedVersion" INTEGER,
    "removedReason" "RemovalReason",
    "searchText" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "WorkoutTemplate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TrainingPlanTemplate" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "goalDistance" "GoalDistance",
    "level" "TemplateLevel",
    "language" TEXT,
    "attribution" TEXT,
    "durationWeeks" INTEGER NOT NULL,
    "weeks" JSONB NOT NULL,
    "visibility" "Visibility" NOT NULL,
    "status" "TemplateStatus" NOT NULL,
    "authorId" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removedVersion" INTEGER,
    "removedReason" "RemovalReason",
    "searchText" TEXT NOT NULL DEFAULT '',
    "workoutTemplateIds" UUID[],

    CONSTRAINT "TrainingPlanTemplate_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Partner_name_key" ON "Partner"("name");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_lookup_key" ON "ApiKey"("lookup");

-- CreateIndex
CREATE INDEX "ApiKey_partnerId_idx" ON "ApiKey"("partnerId");

-- CreateIndex
CREATE INDEX "AuditEvent_at_id_idx" ON "AuditEvent"("at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "WorkoutTemplate_slug_key" ON "WorkoutTemplate"("slug");

-- CreateIndex
CREATE INDEX "WorkoutTemplate_searchText_idx" ON "WorkoutTemplate" USING GIN ("searchText" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "TrainingPlanTemplate_slug_key" ON "TrainingPlanTemplate"("slug");

-- CreateIndex
CREATE INDEX "TrainingPlanTemplate_searchText_idx" ON "TrainingPlanTemplate" USING GIN ("searchText" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "TrainingPlanTemplate_workoutTemplateIds_idx" ON "TrainingPlanTemplate" USING GIN ("workoutTemplateIds");

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

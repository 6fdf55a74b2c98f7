-- CreateEnum
CREATE TYPE "Units" AS ENUM ('METRIC', 'IMPERIAL');

-- CreateEnum
CREATE TYPE "Sex" AS ENUM ('FEMALE', 'MALE', 'OTHER');

-- CreateEnum
CREATE TYPE "MeasurementKind" AS ENUM ('WEIGHT', 'MAX_HEART_RATE', 'RESTING_HEART_RATE', 'LACTATE_THRESHOLD_HEART_RATE');

-- CreateEnum
CREATE TYPE "Sport" AS ENUM ('RUN', 'TRAIL_RUN', 'TRACK_RUN', 'TREADMILL_RUN', 'VIRTUAL_RUN');

-- CreateEnum
CREATE TYPE "HrvType" AS ENUM ('RMSSD', 'SDNN');

-- CreateTable
CREATE TABLE "Runner" (
    "id" UUID NOT NULL,
    "username" TEXT NOT NULL,
    "units" "Units" NOT NULL DEFAULT 'METRIC',
    "timezone" TEXT NOT NULL DEFAULT 'UTC',
    "birthDate" DATE,
    "sex" "Sex",
    "heightCm" DOUBLE PRECISION,
    "runningSince" TEXT,
    "weeklyFrequency" TEXT,
    "sharingEnabled" BOOLEAN NOT NULL DEFAULT false,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Runner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Measurement" (
    "id" UUID NOT NULL,
    "runnerId" UUID NOT NULL,
    "kind" "MeasurementKind" NOT NULL,
    "date" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "Measurement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HeartRateZones" (
    "id" UUID NOT NULL,
    "runnerId" UUID NOT NULL,
    "date" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "zone1Max" INTEGER NOT NULL,
    "zone2Max" INTEGER NOT NULL,
    "zone3Max" INTEGER NOT NULL,
    "zone4Max" INTEGER NOT NULL,
    "zone5Max" INTEGER,

    CONSTRAINT "HeartRateZones_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Gear" (
    "id" UUID NOT NULL,
    "runnerId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT,
    "since" TEXT,
    "retiredOn" DATE,
    "distanceMeters" DOUBLE PRECISION,

    CONSTRAINT "Gear_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RaceResult" (
    "id" UUID NOT NULL,
    "runnerId" UUID NOT NULL,
    "date" DATE NOT NULL,
    "name" TEXT NOT NULL,
    "distanceMeters" DOUBLE PRECISION NOT NULL,
    "timeSeconds" DOUBLE PRECISION NOT NULL,
    "elevationGainMeters" DOUBLE PRECISION,
    "place" INTEGER,
    "notes" TEXT,

    CONSTRAINT "RaceResult_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Goal" (
    "id" UUID NOT NULL,
    "runnerId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "date" DATE,
    "distanceMeters" DOUBLE PRECISION,
    "targetSeconds" DOUBLE PRECISION,
    "priority" TEXT,
    "notes" TEXT,

    CONSTRAINT "Goal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PersonalBest" (
    "id" UUID NOT NULL,
    "runnerId" UUID NOT NULL,
    "distanceMeters" DOUBLE PRECISION NOT NULL,
    "timeSeconds" DOUBLE PRECISION NOT NULL,
    "date" DATE,

    CONSTRAINT "PersonalBest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Run" (
    "id" UUID NOT NULL,
    "runnerId" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "externalId" TEXT,
    "sport" "Sport" NOT NULL DEFAULT 'RUN',
    "startedAt" TIMESTAMPTZ(3),
    "startedOn" DATE NOT NULL,
    "name" TEXT,
    "distanceMeters" DOUBLE PRECISION,
    "movingSeconds" DOUBLE PRECISION,
    "averageHeartRate" DOUBLE PRECISION,
    "maxHeartRate" DOUBLE PRECISION,
    "elevationGainMeters" DOUBLE PRECISION,
    "vo2Max" DOUBLE PRECISION,
    "notes" TEXT,
    "isDuplicate" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DailyReading" (
    "id" UUID NOT NULL,
    "runnerId" UUID NOT NULL,
    "date" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "restingHeartRate" DOUBLE PRECISION,
    "hrv" DOUBLE PRECISION,
    "hrvType" "HrvType",
    "sleepScore" DOUBLE PRECISION,
    "sleepDurationHours" DOUBLE PRECISION,
    "deepSleepHours" DOUBLE PRECISION,
    "lightSleepHours" DOUBLE PRECISION,
    "remSleepHours" DOUBLE PRECISION,
    "awakeDurationHours" DOUBLE PRECISION,
    "respirationRate" DOUBLE PRECISION,
    "vo2Max" DOUBLE PRECISION,
    "fitnessAge" DOUBLE PRECISION,
    "weightKg" DOUBLE PRECISION,
    "recoveryScore" DOUBLE PRECISION,

    CONSTRAINT "DailyReading_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LabTest" (
    "id" UUID NOT NULL,
    "runnerId" UUID NOT NULL,
    "date" DATE NOT NULL,
    "name" TEXT NOT NULL,
    "laboratory" TEXT,
    "insight" TEXT,

    CONSTRAINT "LabTest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LabMarker" (
    "id" UUID NOT NULL,
    "labTestId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "code" TEXT,
    "comparator" TEXT,
    "value" DOUBLE PRECISION,
    "valueText" TEXT,
    "unit" TEXT,
    "referenceLow" DOUBLE PRECISION,
    "referenceHigh" DOUBLE PRECISION,
    "referenceText" TEXT,
    "flag" TEXT,

    CONSTRAINT "LabMarker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HealthSource" (
    "id" UUID NOT NULL,
    "runnerId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'FILE',
    "priority" INTEGER NOT NULL,
    "lastImportAt" TIMESTAMPTZ(3),

    CONSTRAINT "HealthSource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContextLink" (
    "id" UUID NOT NULL,
    "runnerId" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "isDefault" BOOLEAN NOT NULL DEFAULT false,
    "profile" BOOLEAN NOT NULL DEFAULT true,
    "training" BOOLEAN NOT NULL DEFAULT true,
    "health" BOOLEAN NOT NULL DEFAULT false,
    "labs" BOOLEAN NOT NULL DEFAULT false,
    "tokenHash" TEXT NOT NULL,
    "encryptedToken" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "rotatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ContextLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContextRead" (
    "linkId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "section" TEXT NOT NULL,
    "client" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "ContextRead_pkey" PRIMARY KEY ("linkId","day","section","client")
);

-- CreateIndex
CREATE UNIQUE INDEX "Runner_username_key" ON "Runner"("username");

-- CreateIndex
CREATE UNIQUE INDEX "Measurement_runnerId_kind_date_source_key" ON "Measurement"("runnerId", "kind", "date", "source");

-- CreateIndex
CREATE UNIQUE INDEX "HeartRateZones_runnerId_date_source_key" ON "HeartRateZones"("runnerId", "date", "source");

-- CreateIndex
CREATE UNIQUE INDEX "Gear_runnerId_name_key" ON "Gear"("runnerId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "RaceResult_runnerId_date_name_key" ON "RaceResult"("runnerId", "date", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Goal_runnerId_name_key" ON "Goal"("runnerId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "PersonalBest_runnerId_distanceMeters_key" ON "PersonalBest"("runnerId", "distanceMeters");

-- CreateIndex
CREATE INDEX "Run_runnerId_startedOn_idx" ON "Run"("runnerId", "startedOn");

-- CreateIndex
CREATE UNIQUE INDEX "Run_runnerId_source_externalId_key" ON "Run"("runnerId", "source", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "DailyReading_runnerId_date_source_key" ON "DailyReading"("runnerId", "date", "source");

-- CreateIndex
CREATE UNIQUE INDEX "LabTest_runnerId_date_name_key" ON "LabTest"("runnerId", "date", "name");

-- CreateIndex
CREATE UNIQUE INDEX "LabMarker_labTestId_position_key" ON "LabMarker"("labTestId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "HealthSource_runnerId_name_key" ON "HealthSource"("runnerId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "ContextLink_tokenHash_key" ON "ContextLink"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "ContextLink_runnerId_label_key" ON "ContextLink"("runnerId", "label");

-- AddForeignKey
ALTER TABLE "Measurement" ADD CONSTRAINT "Measurement_runnerId_fkey" FOREIGN KEY ("runnerId") REFERENCES "Runner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HeartRateZones" ADD CONSTRAINT "HeartRateZones_runnerId_fkey" FOREIGN KEY ("runnerId") REFERENCES "Runner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Gear" ADD CONSTRAINT "Gear_runnerId_fkey" FOREIGN KEY ("runnerId") REFERENCES "Runner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RaceResult" ADD CONSTRAINT "RaceResult_runnerId_fkey" FOREIGN KEY ("runnerId") REFERENCES "Runner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Goal" ADD CONSTRAINT "Goal_runnerId_fkey" FOREIGN KEY ("runnerId") REFERENCES "Runner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonalBest" ADD CONSTRAINT "PersonalBest_runnerId_fkey" FOREIGN KEY ("runnerId") REFERENCES "Runner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_runnerId_fkey" FOREIGN KEY ("runnerId") REFERENCES "Runner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DailyReading" ADD CONSTRAINT "DailyReading_runnerId_fkey" FOREIGN KEY ("runnerId") REFERENCES "Runner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LabTest" ADD CONSTRAINT "LabTest_runnerId_fkey" FOREIGN KEY ("runnerId") REFERENCES "Runner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LabMarker" ADD CONSTRAINT "LabMarker_labTestId_fkey" FOREIGN KEY ("labTestId") REFERENCES "LabTest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HealthSource" ADD CONSTRAINT "HealthSource_runnerId_fkey" FOREIGN KEY ("runnerId") REFERENCES "Runner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContextLink" ADD CONSTRAINT "ContextLink_runnerId_fkey" FOREIGN KEY ("runnerId") REFERENCES "Runner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContextRead" ADD CONSTRAINT "ContextRead_linkId_fkey" FOREIGN KEY ("linkId") REFERENCES "ContextLink"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "TemplateChange" (
    "templateType" TEXT NOT NULL,
    "templateId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorKind" TEXT,
    "actorId" TEXT,
    "before" JSONB,
    "after" JSONB NOT NULL,

    CONSTRAINT "TemplateChange_pkey" PRIMARY KEY ("templateType","templateId","version")
);

-- CreateIndex
CREATE INDEX "TrainingPlanTemplate_authorId_id_idx" ON "TrainingPlanTemplate"("authorId", "id");

-- CreateIndex
CREATE INDEX "WorkoutTemplate_authorId_id_idx" ON "WorkoutTemplate"("authorId", "id");

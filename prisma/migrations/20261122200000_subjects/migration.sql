ALTER TABLE "Runner" ADD COLUMN "subject" TEXT;

-- Runners that are there already belong to nobody's session: their own id is a subject that no identity provider gives.
UPDATE "Runner" SET "subject" = "id"::text;

ALTER TABLE "Runner" ALTER COLUMN "subject" SET NOT NULL;

CREATE UNIQUE INDEX "Runner_subject_key" ON "Runner"("subject");

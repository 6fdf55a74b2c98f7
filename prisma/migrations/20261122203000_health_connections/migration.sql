-- AlterTable
ALTER TABLE "ContextRead" ADD COLUMN     "lastAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "HealthSource" ADD COLUMN     "disconnectedAt" TIMESTAMPTZ(3),
ADD COLUMN     "excluded" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "grantedScopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "metricPriorities" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "LabTest" ADD COLUMN     "source" TEXT;

ALTER TABLE "HealthSource" ADD CONSTRAINT "HealthSource_metricPriorities_form" CHECK (jsonb_typeof("metricPriorities") = 'object');
ALTER TABLE "LabTest" ADD CONSTRAINT "LabTest_source_length" CHECK (char_length("source") BETWEEN 1 AND 60);

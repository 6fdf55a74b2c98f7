-- The answers about a runner of twenty years must come as soon as those of one year: each of these is answered from the
-- index alone, or from the first of its entries.

-- How many runs there are, which weeks have one, and the runs of a page.
-- DropIndex
DROP INDEX "Run_runnerId_startedOn_idx";

-- CreateIndex
CREATE INDEX "Run_runnerId_startedOn_isDuplicate_source_idx" ON "Run"("runnerId", "startedOn", "isDuplicate", "source");

-- The fastest run at a distance.
CREATE INDEX "Run_fastest" ON "Run" ("runnerId", "distanceMeters", "movingSeconds", "startedOn", "source")
  WHERE NOT "isDuplicate" AND "movingSeconds" IS NOT NULL;

-- The newest reading of what few sources measure, and those seldom: without these it is looked for day by day, and where
-- there is none, through all days.
CREATE INDEX "DailyReading_vo2Max" ON "DailyReading" ("runnerId", "date") WHERE "vo2Max" IS NOT NULL;
CREATE INDEX "DailyReading_fitnessAge" ON "DailyReading" ("runnerId", "date") WHERE "fitnessAge" IS NOT NULL;
CREATE INDEX "DailyReading_weightKg" ON "DailyReading" ("runnerId", "date") WHERE "weightKg" IS NOT NULL;

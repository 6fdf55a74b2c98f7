-- How many templates of each kind partners see, and once could: a list tells its total with every page, and counting a
-- hundred thousand rows after every change takes longer than everything else of an answer.
ALTER TABLE "SyncClock" ADD COLUMN "workoutTemplatesVisible" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "workoutTemplatesRemoved" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "trainingPlanTemplatesVisible" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "trainingPlanTemplatesRemoved" INTEGER NOT NULL DEFAULT 0;

-- After the statement and from its rows: a row that INSERT ... ON CONFLICT leaves out was never there. Whoever writes templates
-- holds the clock (a_lock), so that nobody counts at the same time.
CREATE FUNCTION template_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  visible integer;
  removed integer;
BEGIN
  SELECT count(*) FILTER (WHERE "visibility" = 'PUBLIC' AND "status" = 'ACTIVE'), count("removedVersion") INTO visible, removed FROM written;
  IF TG_OP = 'UPDATE' THEN
    SELECT visible - count(*) FILTER (WHERE "visibility" = 'PUBLIC' AND "status" = 'ACTIVE'), removed - count("removedVersion")
      INTO visible, removed FROM replaced;
  END IF;
  IF visible = 0 AND removed = 0 THEN
    RETURN NULL;
  END IF;
  IF TG_TABLE_NAME = 'WorkoutTemplate' THEN
    UPDATE "SyncClock" SET "workoutTemplatesVisible" = "workoutTemplatesVisible" + visible,
      "workoutTemplatesRemoved" = "workoutTemplatesRemoved" + removed;
  ELSE
    UPDATE "SyncClock" SET "trainingPlanTemplatesVisible" = "trainingPlanTemplatesVisible" + visible,
      "trainingPlanTemplatesRemoved" = "trainingPlanTemplatesRemoved" + removed;
  END IF;
  RETURN NULL;
END $$;

-- Before anything is counted: from here on nobody else writes until these triggers are there for all to see.
CREATE TRIGGER f_counts_of_insert AFTER INSERT ON "WorkoutTemplate" REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION template_counts();
CREATE TRIGGER f_counts_of_update AFTER UPDATE ON "WorkoutTemplate" REFERENCING OLD TABLE AS replaced NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION template_counts();
CREATE TRIGGER f_counts_of_insert AFTER INSERT ON "TrainingPlanTemplate" REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION template_counts();
CREATE TRIGGER f_counts_of_update AFTER UPDATE ON "TrainingPlanTemplate" REFERENCING OLD TABLE AS replaced NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION template_counts();

UPDATE "SyncClock" SET
  "workoutTemplatesVisible" = (SELECT count(*) FROM "WorkoutTemplate" WHERE "visibility" = 'PUBLIC' AND "status" = 'ACTIVE'),
  "workoutTemplatesRemoved" = (SELECT count("removedVersion") FROM "WorkoutTemplate"),
  "trainingPlanTemplatesVisible" = (SELECT count(*) FROM "TrainingPlanTemplate" WHERE "visibility" = 'PUBLIC' AND "status" = 'ACTIVE'),
  "trainingPlanTemplatesRemoved" = (SELECT count("removedVersion") FROM "TrainingPlanTemplate");

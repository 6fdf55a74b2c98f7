-- The stamp of the newest change partners can see, of each kind: a poll of workouts need not know that a plan has changed.
ALTER TABLE "SyncClock" ADD COLUMN "workoutTemplatesAt" TIMESTAMPTZ(3) NOT NULL DEFAULT 'epoch',
  ADD COLUMN "trainingPlanTemplatesAt" TIMESTAMPTZ(3) NOT NULL DEFAULT 'epoch';
ALTER TABLE "SyncClock" ALTER COLUMN "workoutTemplatesAt" DROP DEFAULT, ALTER COLUMN "trainingPlanTemplatesAt" DROP DEFAULT;

-- What has left has a stamp that partners were told of as well.
UPDATE "SyncClock" SET
  "workoutTemplatesAt" = coalesce((SELECT max("updatedAt") FROM "WorkoutTemplate"
    WHERE ("visibility" = 'PUBLIC' AND "status" = 'ACTIVE') OR "removedVersion" IS NOT NULL), 'epoch'),
  "trainingPlanTemplatesAt" = coalesce((SELECT max("updatedAt") FROM "TrainingPlanTemplate"
    WHERE ("visibility" = 'PUBLIC' AND "status" = 'ACTIVE') OR "removedVersion" IS NOT NULL), 'epoch');

-- The next stamp for a change of this kind: strictly greater than every stamp before it, of either, whatever the system
-- clock does. In two steps, because a clock that is read twice in one statement gives two times.
CREATE FUNCTION sync_clock_tick(kind text) RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
  stamp timestamptz(3);
BEGIN
  SELECT greatest("revision" + interval '1 millisecond', date_trunc('milliseconds', clock_timestamp())) INTO stamp
    FROM "SyncClock" WHERE "id" = 1;
  UPDATE "SyncClock" SET
    "revision" = stamp,
    "workoutTemplatesAt" = CASE kind WHEN 'WorkoutTemplate' THEN stamp ELSE "workoutTemplatesAt" END,
    "trainingPlanTemplatesAt" = CASE kind WHEN 'TrainingPlanTemplate' THEN stamp ELSE "trainingPlanTemplatesAt" END
    WHERE "id" = 1;
  RETURN stamp;
END $$;

-- As before, but for telling the clock which kind has changed.
CREATE OR REPLACE FUNCTION template_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_visible boolean := NEW."visibility" = 'PUBLIC' AND NEW."status" = 'ACTIVE';
  was_visible boolean := false;
BEGIN
  NEW."searchText" := template_search_text(to_jsonb(NEW));

  IF TG_OP = 'INSERT' THEN
    NEW."version" := 1;
    NEW."removedVersion" := NULL;
    NEW."removedReason" := NULL;
    NEW."updatedAt" := CASE WHEN is_visible THEN sync_clock_tick(TG_TABLE_NAME) ELSE date_trunc('milliseconds', clock_timestamp()) END;
    RETURN NEW;
  END IF;

  IF NEW."id" <> OLD."id" OR NEW."slug" <> OLD."slug" THEN
    RAISE EXCEPTION 'the id and the slug of a template never change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;

  NEW."createdAt" := OLD."createdAt";
  NEW."version" := OLD."version";
  NEW."updatedAt" := OLD."updatedAt";
  NEW."removedVersion" := OLD."removedVersion";
  NEW."removedReason" := OLD."removedReason";
  IF template_content(to_jsonb(NEW)) = template_content(to_jsonb(OLD)) THEN
    RETURN NEW;
  END IF;

  was_visible := OLD."visibility" = 'PUBLIC' AND OLD."status" = 'ACTIVE';
  NEW."version" := OLD."version" + 1;
  IF was_visible OR is_visible THEN
    NEW."updatedAt" := sync_clock_tick(TG_TABLE_NAME);
  END IF;
  -- The tombstone is frozen at the moment the row leaves: later edits in private do not move it.
  IF is_visible THEN
    NEW."removedVersion" := NULL;
    NEW."removedReason" := NULL;
  ELSIF was_visible THEN
    NEW."removedVersion" := NEW."version";
    NEW."removedReason" := CASE NEW."status"
      WHEN 'DELETED' THEN 'DELETED' WHEN 'ARCHIVED' THEN 'ARCHIVED' ELSE 'UNPUBLISHED' END::"RemovalReason";
  END IF;
  RETURN NEW;
END $$;

DROP FUNCTION sync_clock_tick();

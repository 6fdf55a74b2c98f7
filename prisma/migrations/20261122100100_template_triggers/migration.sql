-- Versions, stamps and tombstones of templates belong to the database, so that no writer can get them wrong.

INSERT INTO "SyncClock" ("id", "revision") VALUES (1, 'epoch');

ALTER TABLE "SyncClock" ADD CONSTRAINT "SyncClock_one_row" CHECK ("id" = 1);
ALTER TABLE "WorkoutTemplate" ADD CONSTRAINT "WorkoutTemplate_name_length" CHECK (char_length("name") BETWEEN 1 AND 120);
ALTER TABLE "TrainingPlanTemplate" ADD CONSTRAINT "TrainingPlanTemplate_name_length" CHECK (char_length("name") BETWEEN 1 AND 120);
ALTER TABLE "TrainingPlanTemplate" ADD CONSTRAINT "TrainingPlanTemplate_durationWeeks_positive" CHECK ("durationWeeks" >= 1);
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_limits_positive" CHECK ("requestsPerMinute" >= 1 AND "requestsPerDay" >= 1);

-- What partners list and poll, in the order they get it; and what they are told has left. Unique: the
-- stamp alone says where a walk stands.
CREATE UNIQUE INDEX "WorkoutTemplate_visible_updatedAt" ON "WorkoutTemplate" ("updatedAt") WHERE "visibility" = 'PUBLIC' AND "status" = 'ACTIVE';
CREATE UNIQUE INDEX "WorkoutTemplate_removed_updatedAt" ON "WorkoutTemplate" ("updatedAt") WHERE "removedVersion" IS NOT NULL;
CREATE UNIQUE INDEX "TrainingPlanTemplate_visible_updatedAt" ON "TrainingPlanTemplate" ("updatedAt") WHERE "visibility" = 'PUBLIC' AND "status" = 'ACTIVE';
CREATE UNIQUE INDEX "TrainingPlanTemplate_removed_updatedAt" ON "TrainingPlanTemplate" ("updatedAt") WHERE "removedVersion" IS NOT NULL;

-- Every writer of templates takes the clock row before it touches a template and holds it until it
-- commits. So the order of commits is the order of stamps: a reader that has seen stamp S can never
-- be overtaken by a change that commits later with a smaller one. It must be the *statement* trigger:
-- taking the row inside the row trigger, after the template's own row lock, deadlocks.
CREATE FUNCTION sync_clock_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "SyncClock" WHERE "id" = 1 FOR UPDATE;
  RETURN NULL;
END $$;

-- The next stamp: strictly greater than every stamp before it, whatever the system clock does.
CREATE FUNCTION sync_clock_tick() RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
  stamp timestamptz(3);
BEGIN
  UPDATE "SyncClock"
    SET "revision" = greatest("revision" + interval '1 millisecond', date_trunc('milliseconds', clock_timestamp()))
    WHERE "id" = 1
    RETURNING "revision" INTO stamp;
  RETURN stamp;
END $$;

-- Columns that say something *about* the document and are not part of it. A deny-list, so that a new
-- column counts as content until someone decides otherwise.
CREATE FUNCTION template_content(document jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT document - ARRAY['version', 'createdAt', 'updatedAt', 'removedVersion', 'removedReason', 'searchText', 'workoutTemplateIds', 'authorId']
$$;

CREATE FUNCTION template_search_text(document jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT concat_ws(E'\n', document->>'name', document->>'description',
    (SELECT string_agg(tag, E'\n') FROM jsonb_array_elements_text(document->'tags') AS tag))
$$;

CREATE FUNCTION template_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_visible boolean := NEW."visibility" = 'PUBLIC' AND NEW."status" = 'ACTIVE';
  was_visible boolean := false;
BEGIN
  NEW."searchText" := template_search_text(to_jsonb(NEW));

  IF TG_OP = 'INSERT' THEN
    NEW."version" := 1;
    NEW."removedVersion" := NULL;
    NEW."removedReason" := NULL;
    NEW."updatedAt" := CASE WHEN is_visible THEN sync_clock_tick() ELSE date_trunc('milliseconds', clock_timestamp()) END;
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
    NEW."updatedAt" := sync_clock_tick();
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

-- Deleting is a status; a row that vanished could not tell partners that it left.
CREATE FUNCTION template_refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'templates are deleted by setting their status to DELETED' USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- The workouts that a plan's sessions name, as an indexed array.
CREATE FUNCTION training_plan_workout_ids() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."workoutTemplateIds" := ARRAY(
    SELECT DISTINCT (named #>> '{}')::uuid
    FROM jsonb_path_query(NEW."weeks", '$[*].days[*].sessions[*].workoutTemplateId ? (@ != null)') AS named
    ORDER BY 1);
  RETURN NEW;
END $$;

-- A visible plan names visible workouts only. Checked when the transaction ends, on the rows as they
-- are then, so that one transaction may publish or hide both in any order. Two transactions cannot slip
-- past each other: both hold the clock row. SQLSTATE EK001 carries {"plans": […], "workouts": […]} in DETAIL.
CREATE FUNCTION visible_plans_need_visible_workouts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  broken jsonb;
BEGIN
  SELECT jsonb_build_object(
      'plans', jsonb_agg(DISTINCT jsonb_build_object('id', plan."id", 'slug', plan."slug", 'name', plan."name")),
      'workouts', jsonb_agg(DISTINCT jsonb_build_object('id', named."id", 'slug', workout."slug", 'name', workout."name")))
    INTO broken
    FROM "TrainingPlanTemplate" AS plan
    CROSS JOIN LATERAL unnest(plan."workoutTemplateIds") AS named("id")
    LEFT JOIN "WorkoutTemplate" AS workout ON workout."id" = named."id"
    WHERE plan."visibility" = 'PUBLIC' AND plan."status" = 'ACTIVE'
      AND (workout."id" IS NULL OR workout."visibility" <> 'PUBLIC' OR workout."status" <> 'ACTIVE')
      AND CASE TG_TABLE_NAME
        WHEN 'TrainingPlanTemplate' THEN plan."id" = NEW."id"
        ELSE plan."workoutTemplateIds" @> ARRAY[NEW."id"] AND named."id" = NEW."id" END;
  IF broken->>'plans' IS NOT NULL THEN
    RAISE EXCEPTION 'a visible training plan needs its workouts to be visible' USING ERRCODE = 'EK001', DETAIL = broken::text;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER a_lock BEFORE INSERT OR UPDATE ON "WorkoutTemplate" FOR EACH STATEMENT EXECUTE FUNCTION sync_clock_lock();
CREATE TRIGGER b_stamp BEFORE INSERT OR UPDATE ON "WorkoutTemplate" FOR EACH ROW EXECUTE FUNCTION template_stamp();
CREATE TRIGGER c_refuse_removal BEFORE DELETE OR TRUNCATE ON "WorkoutTemplate" FOR EACH STATEMENT EXECUTE FUNCTION template_refuse_removal();
CREATE CONSTRAINT TRIGGER d_plans_need_workouts AFTER UPDATE ON "WorkoutTemplate" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD."visibility" = 'PUBLIC' AND OLD."status" = 'ACTIVE' AND (NEW."visibility" <> 'PUBLIC' OR NEW."status" <> 'ACTIVE'))
  EXECUTE FUNCTION visible_plans_need_visible_workouts();

CREATE TRIGGER a_lock BEFORE INSERT OR UPDATE ON "TrainingPlanTemplate" FOR EACH STATEMENT EXECUTE FUNCTION sync_clock_lock();
CREATE TRIGGER a_workout_ids BEFORE INSERT OR UPDATE ON "TrainingPlanTemplate" FOR EACH ROW EXECUTE FUNCTION training_plan_workout_ids();
CREATE TRIGGER b_stamp BEFORE INSERT OR UPDATE ON "TrainingPlanTemplate" FOR EACH ROW EXECUTE FUNCTION template_stamp();
CREATE TRIGGER c_refuse_removal BEFORE DELETE OR TRUNCATE ON "TrainingPlanTemplate" FOR EACH STATEMENT EXECUTE FUNCTION template_refuse_removal();
CREATE CONSTRAINT TRIGGER d_plans_need_workouts AFTER INSERT OR UPDATE ON "TrainingPlanTemplate" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW."visibility" = 'PUBLIC' AND NEW."status" = 'ACTIVE')
  EXECUTE FUNCTION visible_plans_need_visible_workouts();

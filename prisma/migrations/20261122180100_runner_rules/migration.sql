-- What can be true of a runner's data, and the revision that moves when any of it changes.

-- Text that people write is bounded, and so are the ranges of values. The import refuses what lies outside them
-- with a reason; these are for every other writer.
ALTER TABLE "Runner"
  ADD CONSTRAINT "Runner_username_form" CHECK ("username" ~ '^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$'),
  ADD CONSTRAINT "Runner_timezone_given" CHECK ("timezone" <> ''),
  ADD CONSTRAINT "Runner_birthDate_possible" CHECK ("birthDate" >= '1900-01-01'),
  ADD CONSTRAINT "Runner_heightCm_possible" CHECK ("heightCm" BETWEEN 50 AND 260),
  ADD CONSTRAINT "Runner_runningSince_form" CHECK ("runningSince" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  ADD CONSTRAINT "Runner_weeklyFrequency_length" CHECK (char_length("weeklyFrequency") BETWEEN 1 AND 20);

ALTER TABLE "Measurement"
  ADD CONSTRAINT "Measurement_source_length" CHECK (char_length("source") BETWEEN 1 AND 60),
  ADD CONSTRAINT "Measurement_value_possible" CHECK (CASE "kind" WHEN 'WEIGHT' THEN "value" BETWEEN 20 AND 400 ELSE "value" BETWEEN 25 AND 250 END);

ALTER TABLE "HeartRateZones"
  ADD CONSTRAINT "HeartRateZones_source_length" CHECK (char_length("source") BETWEEN 1 AND 60),
  ADD CONSTRAINT "HeartRateZones_possible" CHECK ("zone1Max" >= 25 AND coalesce("zone5Max", "zone4Max") <= 250),
  ADD CONSTRAINT "HeartRateZones_rising" CHECK ("zone1Max" < "zone2Max" AND "zone2Max" < "zone3Max" AND "zone3Max" < "zone4Max" AND ("zone5Max" IS NULL OR "zone4Max" < "zone5Max"));

ALTER TABLE "Gear"
  ADD CONSTRAINT "Gear_name_length" CHECK (char_length("name") BETWEEN 1 AND 120),
  ADD CONSTRAINT "Gear_since_form" CHECK ("since" ~ '^[0-9]{4}-(0[1-9]|1[0-2])(-[0-9]{2})?$'),
  ADD CONSTRAINT "Gear_distanceMeters_possible" CHECK ("distanceMeters" >= 0);

ALTER TABLE "RaceResult"
  ADD CONSTRAINT "RaceResult_name_length" CHECK (char_length("name") BETWEEN 1 AND 120),
  ADD CONSTRAINT "RaceResult_distanceMeters_positive" CHECK ("distanceMeters" > 0),
  ADD CONSTRAINT "RaceResult_timeSeconds_positive" CHECK ("timeSeconds" > 0),
  ADD CONSTRAINT "RaceResult_place_positive" CHECK ("place" >= 1);

ALTER TABLE "Goal"
  ADD CONSTRAINT "Goal_name_length" CHECK (char_length("name") BETWEEN 1 AND 120),
  ADD CONSTRAINT "Goal_distanceMeters_positive" CHECK ("distanceMeters" > 0),
  ADD CONSTRAINT "Goal_targetSeconds_positive" CHECK ("targetSeconds" > 0);

ALTER TABLE "PersonalBest"
  ADD CONSTRAINT "PersonalBest_distanceMeters_positive" CHECK ("distanceMeters" > 0),
  ADD CONSTRAINT "PersonalBest_timeSeconds_positive" CHECK ("timeSeconds" > 0);

ALTER TABLE "Run"
  ADD CONSTRAINT "Run_source_length" CHECK (char_length("source") BETWEEN 1 AND 60),
  ADD CONSTRAINT "Run_externalId_length" CHECK (char_length("externalId") BETWEEN 1 AND 200),
  ADD CONSTRAINT "Run_distanceMeters_possible" CHECK ("distanceMeters" > 0 AND "distanceMeters" <= 1000000),
  ADD CONSTRAINT "Run_movingSeconds_possible" CHECK ("movingSeconds" > 0 AND "movingSeconds" <= 864000),
  ADD CONSTRAINT "Run_averageHeartRate_possible" CHECK ("averageHeartRate" BETWEEN 25 AND 250),
  ADD CONSTRAINT "Run_maxHeartRate_possible" CHECK ("maxHeartRate" BETWEEN 25 AND 250),
  ADD CONSTRAINT "Run_heartRates_ordered" CHECK ("averageHeartRate" <= "maxHeartRate"),
  ADD CONSTRAINT "Run_elevationGainMeters_possible" CHECK ("elevationGainMeters" BETWEEN 0 AND 50000),
  ADD CONSTRAINT "Run_vo2Max_possible" CHECK ("vo2Max" BETWEEN 10 AND 100);

-- A run without an id of its source is known by its start; when only the day is known, by its length as well,
-- for two runs on one day are common.
CREATE UNIQUE INDEX "Run_start_key" ON "Run" ("runnerId", "source", "sport", "startedAt") WHERE "externalId" IS NULL AND "startedAt" IS NOT NULL;
CREATE UNIQUE INDEX "Run_day_key" ON "Run" ("runnerId", "source", "sport", "startedOn", "distanceMeters", "movingSeconds") NULLS NOT DISTINCT WHERE "externalId" IS NULL AND "startedAt" IS NULL;

ALTER TABLE "DailyReading"
  ADD CONSTRAINT "DailyReading_source_length" CHECK (char_length("source") BETWEEN 1 AND 60),
  ADD CONSTRAINT "DailyReading_not_empty" CHECK (num_nonnulls("restingHeartRate", "hrv", "sleepScore", "sleepDurationHours", "deepSleepHours", "lightSleepHours", "remSleepHours", "awakeDurationHours", "respirationRate", "vo2Max", "fitnessAge", "weightKg", "recoveryScore") > 0),
  ADD CONSTRAINT "DailyReading_restingHeartRate_possible" CHECK ("restingHeartRate" BETWEEN 20 AND 150),
  ADD CONSTRAINT "DailyReading_hrv_possible" CHECK ("hrv" > 0 AND "hrv" <= 400),
  ADD CONSTRAINT "DailyReading_hrvType_of_hrv" CHECK ("hrvType" IS NULL OR "hrv" IS NOT NULL),
  ADD CONSTRAINT "DailyReading_sleepScore_possible" CHECK ("sleepScore" BETWEEN 0 AND 100),
  ADD CONSTRAINT "DailyReading_sleep_possible" CHECK (least("sleepDurationHours", "deepSleepHours", "lightSleepHours", "remSleepHours", "awakeDurationHours") >= 0 AND greatest("sleepDurationHours", "deepSleepHours", "lightSleepHours", "remSleepHours", "awakeDurationHours") <= 24),
  -- Sources round each part by itself; 0.05 h is three minutes of that.
  ADD CONSTRAINT "DailyReading_sleep_parts" CHECK ("sleepDurationHours" IS NULL OR coalesce("deepSleepHours", 0) + coalesce("lightSleepHours", 0) + coalesce("remSleepHours", 0) <= "sleepDurationHours" + 0.05 + 1e-9),
  ADD CONSTRAINT "DailyReading_respirationRate_possible" CHECK ("respirationRate" BETWEEN 4 AND 60),
  ADD CONSTRAINT "DailyReading_vo2Max_possible" CHECK ("vo2Max" BETWEEN 10 AND 100),
  ADD CONSTRAINT "DailyReading_fitnessAge_possible" CHECK ("fitnessAge" BETWEEN 10 AND 120),
  ADD CONSTRAINT "DailyReading_weightKg_possible" CHECK ("weightKg" BETWEEN 20 AND 400),
  ADD CONSTRAINT "DailyReading_recoveryScore_possible" CHECK ("recoveryScore" BETWEEN 0 AND 100);

ALTER TABLE "LabTest" ADD CONSTRAINT "LabTest_name_length" CHECK (char_length("name") BETWEEN 1 AND 120);
ALTER TABLE "LabMarker"
  ADD CONSTRAINT "LabMarker_name_length" CHECK (char_length("name") BETWEEN 1 AND 120),
  ADD CONSTRAINT "LabMarker_one_value" CHECK (num_nonnulls("value", "valueText") = 1),
  ADD CONSTRAINT "LabMarker_comparator_known" CHECK ("comparator" IS NULL OR ("comparator" IN ('<', '<=', '>', '>=') AND "value" IS NOT NULL)),
  ADD CONSTRAINT "LabMarker_code_form" CHECK ("code" ~ '^[0-9]{1,7}-[0-9]$'),
  ADD CONSTRAINT "LabMarker_reference_ordered" CHECK ("referenceLow" <= "referenceHigh");

ALTER TABLE "HealthSource"
  ADD CONSTRAINT "HealthSource_name_length" CHECK (char_length("name") BETWEEN 1 AND 60),
  ADD CONSTRAINT "HealthSource_kind_form" CHECK ("kind" ~ '^[A-Z][A-Z0-9_]{0,39}$'),
  ADD CONSTRAINT "HealthSource_priority_positive" CHECK ("priority" >= 1);

ALTER TABLE "ContextLink"
  ADD CONSTRAINT "ContextLink_label_length" CHECK (char_length("label") BETWEEN 1 AND 60),
  ADD CONSTRAINT "ContextLink_tokenHash_form" CHECK ("tokenHash" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "ContextLink_default_never_expires" CHECK (NOT ("isDefault" AND "expiresAt" IS NOT NULL));
CREATE UNIQUE INDEX "ContextLink_one_default" ON "ContextLink" ("runnerId") WHERE "isDefault";

ALTER TABLE "ContextRead"
  ADD CONSTRAINT "ContextRead_client_length" CHECK (char_length("client") BETWEEN 1 AND 40),
  ADD CONSTRAINT "ContextRead_count_positive" CHECK ("count" >= 1);

-- The revision rises by one with every statement that changes the runner or anything of theirs. It cannot be set.
CREATE FUNCTION runner_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW."revision" := 1;
  ELSIF to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD) THEN
    NEW."revision" := OLD."revision" + 1;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_revision BEFORE INSERT OR UPDATE ON "Runner" FOR EACH ROW EXECUTE FUNCTION runner_revision();

-- Per statement, not per row: a file of a hundred thousand readings moves one counter once.
CREATE FUNCTION runner_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Runner" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT DISTINCT "runnerId" FROM touched);
  RETURN NULL;
END $$;

CREATE FUNCTION runner_touch_by_lab_marker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Runner" SET "revision" = "revision" + 1 WHERE "id" IN (
    SELECT DISTINCT test."runnerId" FROM touched JOIN "LabTest" AS test ON test."id" = touched."labTestId");
  RETURN NULL;
END $$;

-- Rows never change hands, so the new rows of an update name every runner concerned.
CREATE FUNCTION runner_keep_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a row never moves to another runner' USING ERRCODE = 'integrity_constraint_violation';
END $$;

DO $$
DECLARE
  child text;
BEGIN
  FOREACH child IN ARRAY ARRAY['Measurement', 'HeartRateZones', 'Gear', 'RaceResult', 'Goal', 'PersonalBest', 'Run', 'DailyReading', 'LabTest', 'HealthSource', 'ContextLink'] LOOP
    EXECUTE format('CREATE TRIGGER b_touch_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION runner_touch()', child);
    EXECUTE format('CREATE TRIGGER b_touch_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION runner_touch()', child);
    EXECUTE format('CREATE TRIGGER b_touch_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION runner_touch()', child);
    EXECUTE format('CREATE TRIGGER a_keep_owner BEFORE UPDATE ON %I FOR EACH ROW WHEN (OLD."runnerId" <> NEW."runnerId") EXECUTE FUNCTION runner_keep_owner()', child);
  END LOOP;
END $$;
CREATE TRIGGER b_touch_insert AFTER INSERT ON "LabMarker" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION runner_touch_by_lab_marker();
CREATE TRIGGER b_touch_update AFTER UPDATE ON "LabMarker" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION runner_touch_by_lab_marker();
CREATE TRIGGER b_touch_delete AFTER DELETE ON "LabMarker" REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION runner_touch_by_lab_marker();
CREATE TRIGGER a_keep_owner BEFORE UPDATE ON "LabMarker" FOR EACH ROW WHEN (OLD."labTestId" <> NEW."labTestId") EXECUTE FUNCTION runner_keep_owner();

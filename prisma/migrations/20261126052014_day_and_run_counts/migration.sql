-- How many days and runs are held of a runner: a context says it, and to count those of twenty years took half of its time.
-- Each source is counted apart, because one may be excluded from sharing; days as bits, because sources share them.

-- Imports hold their runner from their beginning, and take the tables below after it: this waits for those under way, and the next
-- ones for this, so that neither waits for the other.
LOCK TABLE "Runner" IN EXCLUSIVE MODE;

-- CreateTable
CREATE TABLE "RunCount" (
    "runnerId" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "runs" INTEGER NOT NULL,

    CONSTRAINT "RunCount_pkey" PRIMARY KEY ("runnerId","source")
);

-- CreateTable
CREATE TABLE "ReadingMonth" (
    "runnerId" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "days" BIT(31) NOT NULL,

    CONSTRAINT "ReadingMonth_pkey" PRIMARY KEY ("runnerId","source","month")
);

-- AddForeignKey
ALTER TABLE "RunCount" ADD CONSTRAINT "RunCount_runnerId_fkey" FOREIGN KEY ("runnerId") REFERENCES "Runner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReadingMonth" ADD CONSTRAINT "ReadingMonth_runnerId_fkey" FOREIGN KEY ("runnerId") REFERENCES "Runner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE FUNCTION day_bit(day date) RETURNS bit(31) LANGUAGE sql IMMUTABLE
  RETURN set_bit(repeat('0', 31)::bit(31), extract(day FROM day)::integer - 1, 1);

-- After the statement, from its rows, and after b_touch: whoever counts holds the runner, so that nobody counts at the same time
-- and all take their locks in one order.
CREATE FUNCTION run_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Most updates change no count, and write none.
  IF TG_OP = 'UPDATE' THEN
    IF NOT EXISTS (SELECT "id", "source", "isDuplicate" FROM replaced EXCEPT SELECT "id", "source", "isDuplicate" FROM written) THEN
      RETURN NULL;
    END IF;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    UPDATE "RunCount" AS held SET "runs" = held."runs" - gone."runs"
    FROM (SELECT "runnerId", "source", count(*) AS "runs" FROM replaced WHERE NOT "isDuplicate" GROUP BY 1, 2) AS gone
    WHERE held."runnerId" = gone."runnerId" AND held."source" = gone."source";
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO "RunCount" SELECT "runnerId", "source", count(*) FROM written WHERE NOT "isDuplicate" GROUP BY 1, 2
    ON CONFLICT ("runnerId", "source") DO UPDATE SET "runs" = "RunCount"."runs" + excluded."runs";
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION reading_months() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NOT EXISTS (SELECT "id", "source", "date" FROM replaced EXCEPT SELECT "id", "source", "date" FROM written) THEN
      RETURN NULL;
    END IF;
  END IF;
  -- A source has one reading of a day, so the day goes with it.
  IF TG_OP <> 'INSERT' THEN
    UPDATE "ReadingMonth" AS held SET "days" = held."days" & ~gone."days"
    FROM (SELECT "runnerId", "source", date_trunc('month', "date"::timestamp)::date AS "month", bit_or(day_bit("date")) AS "days"
      FROM replaced GROUP BY 1, 2, 3) AS gone
    WHERE held."runnerId" = gone."runnerId" AND held."source" = gone."source" AND held."month" = gone."month";
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO "ReadingMonth"
    SELECT "runnerId", "source", date_trunc('month', "date"::timestamp)::date, bit_or(day_bit("date")) FROM written GROUP BY 1, 2, 3
    ON CONFLICT ("runnerId", "source", "month") DO UPDATE SET "days" = "ReadingMonth"."days" | excluded."days";
  END IF;
  RETURN NULL;
END $$;

-- Before anything is counted: from here on nobody else writes until these triggers are there for all to see.
CREATE TRIGGER c_counts_of_insert AFTER INSERT ON "Run" REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION run_counts();
CREATE TRIGGER c_counts_of_update AFTER UPDATE ON "Run" REFERENCING OLD TABLE AS replaced NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION run_counts();
CREATE TRIGGER c_counts_of_delete AFTER DELETE ON "Run" REFERENCING OLD TABLE AS replaced
  FOR EACH STATEMENT EXECUTE FUNCTION run_counts();
CREATE TRIGGER c_counts_of_insert AFTER INSERT ON "DailyReading" REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION reading_months();
CREATE TRIGGER c_counts_of_update AFTER UPDATE ON "DailyReading" REFERENCING OLD TABLE AS replaced NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION reading_months();
CREATE TRIGGER c_counts_of_delete AFTER DELETE ON "DailyReading" REFERENCING OLD TABLE AS replaced
  FOR EACH STATEMENT EXECUTE FUNCTION reading_months();

INSERT INTO "RunCount" SELECT "runnerId", "source", count(*) FROM "Run" WHERE NOT "isDuplicate" GROUP BY 1, 2;
INSERT INTO "ReadingMonth"
SELECT "runnerId", "source", date_trunc('month', "date"::timestamp)::date, bit_or(day_bit("date")) FROM "DailyReading" GROUP BY 1, 2, 3;

-- The history of templates is kept by the database, so that no writer can change one without a trace.

-- Who writes is said by the writer, for the transaction it is in: set_config('ekiden.actor', 'coach:coach-a', true).
-- Whatever is set there can never make a write fail. Unset, or not in that form: the change was made past the gateway.
CREATE FUNCTION template_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  actor text[] := regexp_match(current_setting('ekiden.actor', true), '^([^:]+):(.+)$');
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "TemplateChange" ("templateType", "templateId", "version", "at", "actorKind", "actorId", "before", "after")
    SELECT TG_TABLE_NAME, written."id", written."version", clock_timestamp(), actor[1], actor[2], NULL, template_content(to_jsonb(written))
    FROM written;
    RETURN NULL;
  END IF;

  -- The version rises exactly when the content changes: template_stamp() sees to that.
  INSERT INTO "TemplateChange" ("templateType", "templateId", "version", "at", "actorKind", "actorId", "before", "after")
  SELECT TG_TABLE_NAME, written."id", written."version", clock_timestamp(), actor[1], actor[2], changed."before", changed."after"
  FROM written
  JOIN replaced USING ("id")
  CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(column_name, old_column."value") AS "before", jsonb_object_agg(column_name, new_column."value") AS "after"
    FROM jsonb_each(template_content(to_jsonb(replaced))) AS old_column(column_name, "value")
    JOIN jsonb_each(template_content(to_jsonb(written))) AS new_column(column_name, "value") USING (column_name)
    WHERE old_column."value" IS DISTINCT FROM new_column."value") AS changed
  WHERE written."version" <> replaced."version";
  RETURN NULL;
END $$;

CREATE FUNCTION template_history_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of templates is only ever added to' USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- After the statement and once for all of its rows: an import writes hundreds of templates with one INSERT.
CREATE TRIGGER e_history_of_insert AFTER INSERT ON "WorkoutTemplate" REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION template_history();
CREATE TRIGGER e_history_of_update AFTER UPDATE ON "WorkoutTemplate" REFERENCING OLD TABLE AS replaced NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION template_history();
CREATE TRIGGER e_history_of_insert AFTER INSERT ON "TrainingPlanTemplate" REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION template_history();
CREATE TRIGGER e_history_of_update AFTER UPDATE ON "TrainingPlanTemplate" REFERENCING OLD TABLE AS replaced NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION template_history();

-- What is there already begins its history now, as it is; of what was never changed even the beginning is known.
INSERT INTO "TemplateChange" ("templateType", "templateId", "version", "at", "before", "after")
SELECT 'WorkoutTemplate', template."id", template."version", CASE template."version" WHEN 1 THEN template."createdAt" ELSE now() END, NULL, template_content(to_jsonb(template))
FROM "WorkoutTemplate" AS template;
INSERT INTO "TemplateChange" ("templateType", "templateId", "version", "at", "before", "after")
SELECT 'TrainingPlanTemplate', template."id", template."version", CASE template."version" WHEN 1 THEN template."createdAt" ELSE now() END, NULL, template_content(to_jsonb(template))
FROM "TrainingPlanTemplate" AS template;

CREATE TRIGGER a_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON "TemplateChange"
  FOR EACH STATEMENT EXECUTE FUNCTION template_history_refuse_change();

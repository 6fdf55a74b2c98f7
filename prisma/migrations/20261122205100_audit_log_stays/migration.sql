-- The audit log is append-only. One statement trigger refuses whatever would change or remove an event, also where no
-- row is concerned. ALWAYS: it fires under session_replication_role = replica as well.
CREATE FUNCTION "refuse_audit_event_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only: % of "AuditEvent" is refused', TG_OP USING ERRCODE = 'EK003';
END;
$$;

CREATE TRIGGER "AuditEvent_stays" BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditEvent"
FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_event_change"();

ALTER TABLE "AuditEvent" ENABLE ALWAYS TRIGGER "AuditEvent_stays";

-- AlterTable
ALTER TABLE "AuditEvent" ADD COLUMN     "requestId" TEXT;

-- CreateIndex
CREATE INDEX "AuditEvent_actorId_at_id_idx" ON "AuditEvent"("actorId", "at", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_actorKind_at_id_idx" ON "AuditEvent"("actorKind", "at", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_targetId_at_id_idx" ON "AuditEvent"("targetId", "at", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_targetType_at_id_idx" ON "AuditEvent"("targetType", "at", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_action_at_id_idx" ON "AuditEvent"("action", "at", "id");

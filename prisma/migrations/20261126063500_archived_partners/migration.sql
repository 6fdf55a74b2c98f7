-- Every request asks whether the partner of its key is archived. Few are, so that to look among them costs least.
CREATE INDEX "Partner_archived" ON "Partner" ("id") WHERE "archivedAt" IS NOT NULL;

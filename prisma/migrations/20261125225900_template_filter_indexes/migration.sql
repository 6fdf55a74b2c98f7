-- A list that is filtered: its total is counted in the index alone, and a rare value is not looked for through the whole catalogue.
CREATE INDEX "WorkoutTemplate_category_updatedAt" ON "WorkoutTemplate" ("category", "updatedAt") WHERE "visibility" = 'PUBLIC' AND "status" = 'ACTIVE';
CREATE INDEX "TrainingPlanTemplate_goalDistance_updatedAt" ON "TrainingPlanTemplate" ("goalDistance", "updatedAt") WHERE "visibility" = 'PUBLIC' AND "status" = 'ACTIVE';

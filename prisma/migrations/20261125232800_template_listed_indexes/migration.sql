-- What includeRemoved lists, in its order and counted in the index alone; two indexes, of what is there and of what has
-- left, would have to be merged and sorted. Nothing asks for what has left by itself.
CREATE UNIQUE INDEX "WorkoutTemplate_listed_updatedAt" ON "WorkoutTemplate" ("updatedAt")
  WHERE ("visibility" = 'PUBLIC' AND "status" = 'ACTIVE') OR "removedVersion" IS NOT NULL;
CREATE UNIQUE INDEX "TrainingPlanTemplate_listed_updatedAt" ON "TrainingPlanTemplate" ("updatedAt")
  WHERE ("visibility" = 'PUBLIC' AND "status" = 'ACTIVE') OR "removedVersion" IS NOT NULL;
DROP INDEX "WorkoutTemplate_removed_updatedAt";
DROP INDEX "TrainingPlanTemplate_removed_updatedAt";

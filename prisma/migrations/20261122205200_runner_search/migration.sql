-- CreateIndex
CREATE INDEX "Runner_username_idx" ON "Runner" USING GIN ("username" gin_trgm_ops);

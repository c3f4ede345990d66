-- CreateTable
CREATE TABLE "FeatureFlag" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "rollout" INTEGER NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "FeatureFlag_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "FeatureFlag_key_key" ON "FeatureFlag"("key");

-- Analytics must not hold personal data: events lose their user, and get a type and a session instead.
ALTER TABLE "AnalyticsEvent" RENAME TO "analytics_events";
ALTER TABLE "analytics_events" RENAME CONSTRAINT "AnalyticsEvent_pkey" TO "analytics_events_pkey";

ALTER TABLE "analytics_events"
  ADD COLUMN IF NOT EXISTS "eventType" TEXT,
  ADD COLUMN IF NOT EXISTS "eventName" TEXT,
  ADD COLUMN IF NOT EXISTS "metadata" JSONB,
  ADD COLUMN IF NOT EXISTS "sessionId" TEXT;

UPDATE "analytics_events"
SET "eventType" = 'legacy', "eventName" = "name", "metadata" = "meta"
WHERE "eventType" IS NULL;

ALTER TABLE "analytics_events"
  ALTER COLUMN "eventType" SET NOT NULL,
  ALTER COLUMN "eventName" SET NOT NULL;

ALTER TABLE "analytics_events"
  DROP COLUMN IF EXISTS "userId",
  DROP COLUMN IF EXISTS "name",
  DROP COLUMN IF EXISTS "meta";

CREATE INDEX IF NOT EXISTS "analytics_events_eventType_eventName_createdAt_idx" ON "analytics_events"("eventType", "eventName", "createdAt");
CREATE INDEX IF NOT EXISTS "analytics_events_sessionId_createdAt_idx" ON "analytics_events"("sessionId", "createdAt");

-- Onboarding keeps its progress on the person.
ALTER TABLE "Person" ADD COLUMN IF NOT EXISTS "metadata" JSONB;

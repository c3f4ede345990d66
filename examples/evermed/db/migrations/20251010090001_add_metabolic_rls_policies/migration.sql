-- Every row of metabolic data belongs to a person, and every person to the signed-in user who owns it.

ALTER TABLE "food_entries" ENABLE ROW LEVEL SECURITY;

CREATE POLICY "food_entries_select_own" ON "food_entries" FOR SELECT
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "food_entries"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "food_entries_insert_own" ON "food_entries" FOR INSERT
  WITH CHECK (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "food_entries"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "food_entries_update_own" ON "food_entries" FOR UPDATE
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "food_entries"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "food_entries_delete_own" ON "food_entries" FOR DELETE
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "food_entries"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

ALTER TABLE "food_photos" ENABLE ROW LEVEL SECURITY;

CREATE POLICY "food_photos_select_own" ON "food_photos" FOR SELECT
  USING (EXISTS (
    SELECT 1 FROM "food_entries"
    JOIN "Person" ON "Person"."id" = "food_entries"."person_id"
    WHERE "food_entries"."id" = "food_photos"."food_entry_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "food_photos_insert_own" ON "food_photos" FOR INSERT
  WITH CHECK (EXISTS (
    SELECT 1 FROM "food_entries"
    JOIN "Person" ON "Person"."id" = "food_entries"."person_id"
    WHERE "food_entries"."id" = "food_photos"."food_entry_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "food_photos_update_own" ON "food_photos" FOR UPDATE
  USING (EXISTS (
    SELECT 1 FROM "food_entries"
    JOIN "Person" ON "Person"."id" = "food_entries"."person_id"
    WHERE "food_entries"."id" = "food_photos"."food_entry_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "food_photos_delete_own" ON "food_photos" FOR DELETE
  USING (EXISTS (
    SELECT 1 FROM "food_entries"
    JOIN "Person" ON "Person"."id" = "food_entries"."person_id"
    WHERE "food_entries"."id" = "food_photos"."food_entry_id" AND "Person"."ownerId" = auth.uid()::text
  ));

ALTER TABLE "food_ingredients" ENABLE ROW LEVEL SECURITY;

CREATE POLICY "food_ingredients_select_own" ON "food_ingredients" FOR SELECT
  USING (EXISTS (
    SELECT 1 FROM "food_entries"
    JOIN "Person" ON "Person"."id" = "food_entries"."person_id"
    WHERE "food_entries"."id" = "food_ingredients"."food_entry_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "food_ingredients_insert_own" ON "food_ingredients" FOR INSERT
  WITH CHECK (EXISTS (
    SELECT 1 FROM "food_entries"
    JOIN "Person" ON "Person"."id" = "food_entries"."person_id"
    WHERE "food_entries"."id" = "food_ingredients"."food_entry_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "food_ingredients_update_own" ON "food_ingredients" FOR UPDATE
  USING (EXISTS (
    SELECT 1 FROM "food_entries"
    JOIN "Person" ON "Person"."id" = "food_entries"."person_id"
    WHERE "food_entries"."id" = "food_ingredients"."food_entry_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "food_ingredients_delete_own" ON "food_ingredients" FOR DELETE
  USING (EXISTS (
    SELECT 1 FROM "food_entries"
    JOIN "Person" ON "Person"."id" = "food_entries"."person_id"
    WHERE "food_entries"."id" = "food_ingredients"."food_entry_id" AND "Person"."ownerId" = auth.uid()::text
  ));

ALTER TABLE "glucose_readings" ENABLE ROW LEVEL SECURITY;

CREATE POLICY "glucose_readings_select_own" ON "glucose_readings" FOR SELECT
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "glucose_readings"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "glucose_readings_insert_own" ON "glucose_readings" FOR INSERT
  WITH CHECK (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "glucose_readings"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "glucose_readings_update_own" ON "glucose_readings" FOR UPDATE
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "glucose_readings"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "glucose_readings_delete_own" ON "glucose_readings" FOR DELETE
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "glucose_readings"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

ALTER TABLE "glucose_predictions" ENABLE ROW LEVEL SECURITY;

CREATE POLICY "glucose_predictions_select_own" ON "glucose_predictions" FOR SELECT
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "glucose_predictions"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "glucose_predictions_insert_own" ON "glucose_predictions" FOR INSERT
  WITH CHECK (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "glucose_predictions"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "glucose_predictions_update_own" ON "glucose_predictions" FOR UPDATE
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "glucose_predictions"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "glucose_predictions_delete_own" ON "glucose_predictions" FOR DELETE
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "glucose_predictions"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

ALTER TABLE "personal_models" ENABLE ROW LEVEL SECURITY;

CREATE POLICY "personal_models_select_own" ON "personal_models" FOR SELECT
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "personal_models"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "personal_models_insert_own" ON "personal_models" FOR INSERT
  WITH CHECK (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "personal_models"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "personal_models_update_own" ON "personal_models" FOR UPDATE
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "personal_models"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "personal_models_delete_own" ON "personal_models" FOR DELETE
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "personal_models"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

ALTER TABLE "meal_templates" ENABLE ROW LEVEL SECURITY;

CREATE POLICY "meal_templates_select_own" ON "meal_templates" FOR SELECT
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "meal_templates"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "meal_templates_insert_own" ON "meal_templates" FOR INSERT
  WITH CHECK (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "meal_templates"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "meal_templates_update_own" ON "meal_templates" FOR UPDATE
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "meal_templates"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "meal_templates_delete_own" ON "meal_templates" FOR DELETE
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "meal_templates"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

ALTER TABLE "metabolic_insights" ENABLE ROW LEVEL SECURITY;

CREATE POLICY "metabolic_insights_select_own" ON "metabolic_insights" FOR SELECT
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "metabolic_insights"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "metabolic_insights_insert_own" ON "metabolic_insights" FOR INSERT
  WITH CHECK (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "metabolic_insights"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "metabolic_insights_update_own" ON "metabolic_insights" FOR UPDATE
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "metabolic_insights"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "metabolic_insights_delete_own" ON "metabolic_insights" FOR DELETE
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "metabolic_insights"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

ALTER TABLE "subscription_tiers" ENABLE ROW LEVEL SECURITY;

CREATE POLICY "subscription_tiers_select_own" ON "subscription_tiers" FOR SELECT
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "subscription_tiers"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "subscription_tiers_insert_own" ON "subscription_tiers" FOR INSERT
  WITH CHECK (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "subscription_tiers"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "subscription_tiers_update_own" ON "subscription_tiers" FOR UPDATE
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "subscription_tiers"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

CREATE POLICY "subscription_tiers_delete_own" ON "subscription_tiers" FOR DELETE
  USING (EXISTS (
    SELECT 1 FROM "Person"
    WHERE "Person"."id" = "subscription_tiers"."person_id" AND "Person"."ownerId" = auth.uid()::text
  ));

"""An entry is undone on its own day, in its own words, at its own rate: else a total of a year would keep half of it."""

from django.db import migrations

OPPOSITE = """
CREATE OR REPLACE FUNCTION a_reversal_is_the_exact_opposite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM engagement_ledgerentry e
        WHERE e.id = NEW.reverses_id AND e.reverses_id IS NULL AND e.project_id = NEW.project_id
        AND e.side = NEW.side AND e.kind = NEW.kind AND e.unit = NEW.unit
        AND e.commitment_id IS NOT DISTINCT FROM NEW.commitment_id {and_more}
        AND e.quantity = -NEW.quantity AND e.value = -NEW.value;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an entry is undone by its exact opposite'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_reversal_is_the_exact_opposite';
    END IF;
    RETURN NEW;
END
$$;
"""
MORE = "AND e.what = NEW.what AND e.done_on = NEW.done_on AND e.rate_id IS NOT DISTINCT FROM NEW.rate_id"


class Migration(migrations.Migration):
    dependencies = [("engagement", "0024_a_draft_counts_its_addresses")]

    operations = [migrations.RunSQL(OPPOSITE.format(and_more=MORE), OPPOSITE.format(and_more=""))]

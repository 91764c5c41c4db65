"""What an hour was worth is not rewritten under the entries that it priced: a new value follows it."""

from django.db import migrations

KEEP = """
CREATE FUNCTION a_rate_in_use_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM engagement_ledgerentry e WHERE e.rate_id = OLD.id;
    IF FOUND THEN
        RAISE EXCEPTION 'what an hour is worth is kept once entries are worth it'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_rate_in_use_is_kept';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER a_rate_in_use_is_kept BEFORE UPDATE OR DELETE ON engagement_hourrate
    FOR EACH ROW EXECUTE FUNCTION a_rate_in_use_is_kept();
"""
LET_GO = """
DROP TRIGGER a_rate_in_use_is_kept ON engagement_hourrate;
DROP FUNCTION a_rate_in_use_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("engagement", "0011_versions_stop_with_the_draft")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]

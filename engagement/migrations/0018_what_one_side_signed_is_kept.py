"""A text under which one side has put its hand is kept word for word, whatever becomes of it."""

from django.db import migrations

KEEP = """
CREATE FUNCTION what_one_side_signed_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - ARRAY['state', 'signed_at', 'ends_on'] IS DISTINCT FROM
            to_jsonb(OLD) - ARRAY['state', 'signed_at', 'ends_on']
        AND EXISTS (SELECT FROM engagement_signature s WHERE s.convention_id = OLD.id) THEN
        RAISE EXCEPTION 'what one side signed is never changed'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'what_one_side_signed_is_kept';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER what_one_side_signed_is_kept BEFORE UPDATE ON engagement_convention
    FOR EACH ROW WHEN (OLD.state = 'proposed') EXECUTE FUNCTION what_one_side_signed_is_kept();
"""
LET_GO = """
DROP TRIGGER what_one_side_signed_is_kept ON engagement_convention;
DROP FUNCTION what_one_side_signed_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("engagement", "0017_contributors_ask_for_a_certificate")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]

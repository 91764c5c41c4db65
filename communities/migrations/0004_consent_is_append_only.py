from django.db import migrations

FORBID = """
CREATE FUNCTION consent_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what a resident said of consent is kept: add an event, never change or remove one'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'consent_is_append_only';
END
$$;
CREATE TRIGGER consent_is_append_only BEFORE UPDATE OR DELETE ON communities_consentevent
    FOR EACH ROW EXECUTE FUNCTION consent_is_append_only();
"""
ALLOW = """
DROP TRIGGER consent_is_append_only ON communities_consentevent;
DROP FUNCTION consent_is_append_only();
"""


class Migration(migrations.Migration):
    """The proof of a consent must survive every hand, ours included."""

    dependencies = [("communities", "0003_residents_are_found_without_accents")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]

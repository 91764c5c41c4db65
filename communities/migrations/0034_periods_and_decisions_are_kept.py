from django.db import migrations

FORBID = """
CREATE FUNCTION periods_and_decisions_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'how long things were kept, and who said so, is kept: add a line, never change or remove one'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'periods_and_decisions_are_kept';
END
$$;
CREATE TRIGGER periods_and_decisions_are_kept BEFORE UPDATE OR DELETE ON communities_retentionperiod
    FOR EACH ROW EXECUTE FUNCTION periods_and_decisions_are_kept();
CREATE TRIGGER periods_and_decisions_are_kept BEFORE UPDATE OR DELETE ON communities_retentiondecision
    FOR EACH ROW EXECUTE FUNCTION periods_and_decisions_are_kept();
"""
ALLOW = """
DROP TRIGGER periods_and_decisions_are_kept ON communities_retentiondecision;
DROP TRIGGER periods_and_decisions_are_kept ON communities_retentionperiod;
DROP FUNCTION periods_and_decisions_are_kept();
"""


class Migration(migrations.Migration):
    """A new period is a new line, so that one can say in ten years by which a thing went."""

    dependencies = [("communities", "0033_periods_are_dated_and_decided")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]

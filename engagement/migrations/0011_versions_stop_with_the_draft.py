"""No version of a convention is written once its text is frozen: its last one is what was signed. Its notices are kept."""

from django.db import migrations

KEEP = """
CREATE FUNCTION versions_stop_with_the_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM engagement_convention c WHERE c.id = NEW.convention_id AND c.state = 'draft' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a version is written while it is a draft'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'versions_stop_with_the_draft';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER versions_stop_with_the_draft BEFORE INSERT ON engagement_conventionversion
    FOR EACH ROW EXECUTE FUNCTION versions_stop_with_the_draft();
CREATE TRIGGER what_is_kept_is_never_changed BEFORE UPDATE OR DELETE ON engagement_conventionnotice
    FOR EACH ROW EXECUTE FUNCTION what_is_kept_is_never_changed();
"""
LET_GO = """
DROP TRIGGER what_is_kept_is_never_changed ON engagement_conventionnotice;
DROP TRIGGER versions_stop_with_the_draft ON engagement_conventionversion;
DROP FUNCTION versions_stop_with_the_draft();
"""


class Migration(migrations.Migration):
    dependencies = [("engagement", "0010_dates_of_conventions_are_told")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]

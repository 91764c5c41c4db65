from django.db import migrations

FORBID = """
CREATE FUNCTION a_sent_letter_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        NEW.author_id := coalesce(NEW.author_id, OLD.author_id);
        IF NEW IS NOT DISTINCT FROM OLD THEN
            NEW.author_id := NULL;  -- whoever wrote it left the town hall
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a letter that was sent is neither changed nor removed: write another one'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_sent_letter_stays';
END
$$;
CREATE TRIGGER a_sent_letter_stays BEFORE UPDATE OR DELETE ON communities_writtenletter
    FOR EACH ROW WHEN (OLD.mailing_id IS NOT NULL) EXECUTE FUNCTION a_sent_letter_stays();
"""
ALLOW = """
DROP TRIGGER a_sent_letter_stays ON communities_writtenletter;
DROP FUNCTION a_sent_letter_stays();
"""


class Migration(migrations.Migration):
    """What residents read stays what they read."""

    dependencies = [("communities", "0016_staff_write_letters")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]

"""Two records of one person become one: signatures and passages name the one that is left, and change no other word.

Only towards the record that the first was joined to (communities 0037); the text, its fingerprint, the name and the
address under it stay as they were.
"""

from django.db import migrations

FOLLOW = """
CREATE FUNCTION what_is_kept_only_follows_its_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF follows_its_person(to_jsonb(OLD), to_jsonb(NEW), TG_ARGV[0]) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what is kept is added to, never changed or removed'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'what_is_kept_is_never_changed';
END
$$;
DROP TRIGGER what_is_kept_is_never_changed ON engagement_passage;
CREATE TRIGGER what_is_kept_is_never_changed BEFORE DELETE ON engagement_passage
    FOR EACH ROW EXECUTE FUNCTION what_is_kept_is_never_changed();
CREATE TRIGGER what_is_kept_only_follows_its_person BEFORE UPDATE ON engagement_passage
    FOR EACH ROW EXECUTE FUNCTION what_is_kept_only_follows_its_person('by_resident_id');
DROP TRIGGER what_is_kept_is_never_changed ON engagement_signature;
CREATE TRIGGER what_is_kept_is_never_changed BEFORE DELETE ON engagement_signature
    FOR EACH ROW EXECUTE FUNCTION what_is_kept_is_never_changed();
CREATE TRIGGER what_is_kept_only_follows_its_person BEFORE UPDATE ON engagement_signature
    FOR EACH ROW EXECUTE FUNCTION what_is_kept_only_follows_its_person('resident_id');
"""
STAY = """
DROP TRIGGER what_is_kept_only_follows_its_person ON engagement_passage;
DROP TRIGGER what_is_kept_is_never_changed ON engagement_passage;
CREATE TRIGGER what_is_kept_is_never_changed BEFORE UPDATE OR DELETE ON engagement_passage
    FOR EACH ROW EXECUTE FUNCTION what_is_kept_is_never_changed();
DROP TRIGGER what_is_kept_only_follows_its_person ON engagement_signature;
DROP TRIGGER what_is_kept_is_never_changed ON engagement_signature;
CREATE TRIGGER what_is_kept_is_never_changed BEFORE UPDATE OR DELETE ON engagement_signature
    FOR EACH ROW EXECUTE FUNCTION what_is_kept_is_never_changed();
DROP FUNCTION what_is_kept_only_follows_its_person();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0037_two_records_become_one"),
        ("engagement", "0041_photographs_say_who_is_on_them"),
    ]

    operations = [migrations.RunSQL(FOLLOW, STAY)]

"""A meeting that residents were told of stays where they were sent until it is cancelled, whoever asks otherwise.

Wagtail's pages ask first and answer in words (see keeping); this holds for everyone else: a command, a script, an API,
the database's own prompt. Taking it off the site and putting it elsewhere are refused; its ancestors move freely, and
its place among its siblings may change. Once it is cancelled and that was told, it may go.
"""

from django.db import migrations

KEEP = """
CREATE FUNCTION residents_count_on_this_meeting(meeting integer) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM meetings_meetingpage m
        WHERE m.page_ptr_id = meeting
        AND (
            EXISTS (SELECT 1 FROM meetings_announcement a WHERE a.meeting_id = m.page_ptr_id)
            OR EXISTS (SELECT 1 FROM meetings_invitation i WHERE i.meeting_id = m.page_ptr_id)
            OR EXISTS (SELECT 1 FROM meetings_registration r WHERE r.meeting_id = m.page_ptr_id)
        )
        AND (
            m.status <> 'cancelled'
            OR (
                EXISTS (SELECT 1 FROM meetings_invitation i WHERE i.meeting_id = m.page_ptr_id)
                AND coalesce(
                    (
                        SELECT a.facts ->> 'status' FROM meetings_announcement a
                        WHERE a.meeting_id = m.page_ptr_id ORDER BY a.sequence DESC LIMIT 1
                    ), ''
                ) <> 'cancelled'
            )
        )
    )
$$;

CREATE FUNCTION a_meeting_residents_know_of_stays_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF residents_count_on_this_meeting(NEW.id) THEN
        RAISE EXCEPTION 'residents were told of this meeting: cancel it first, and they are told so'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'a_meeting_residents_know_of_stays_published';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER a_meeting_residents_know_of_stays_published
    BEFORE UPDATE OF live ON wagtailcore_page
    FOR EACH ROW WHEN (OLD.live AND NOT NEW.live)
    EXECUTE FUNCTION a_meeting_residents_know_of_stays_published();

CREATE FUNCTION a_meeting_residents_know_of_stays_in_its_place() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before integer;
    after integer;
BEGIN
    SELECT id INTO before FROM wagtailcore_page WHERE path = left(OLD.path, length(OLD.path) - 4);
    SELECT id INTO after FROM wagtailcore_page WHERE path = left(NEW.path, length(NEW.path) - 4);
    IF before IS NOT NULL AND before IS DISTINCT FROM after AND residents_count_on_this_meeting(NEW.id) THEN
        RAISE EXCEPTION 'residents were told of this meeting: cancel it before it is moved elsewhere'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'a_meeting_residents_know_of_stays_in_its_place';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER a_meeting_residents_know_of_stays_in_its_place
    AFTER UPDATE OF path ON wagtailcore_page
    FOR EACH ROW WHEN (OLD.path IS DISTINCT FROM NEW.path)
    EXECUTE FUNCTION a_meeting_residents_know_of_stays_in_its_place();
"""
LET_GO = """
DROP TRIGGER a_meeting_residents_know_of_stays_in_its_place ON wagtailcore_page;
DROP FUNCTION a_meeting_residents_know_of_stays_in_its_place();
DROP TRIGGER a_meeting_residents_know_of_stays_published ON wagtailcore_page;
DROP FUNCTION a_meeting_residents_know_of_stays_published();
DROP FUNCTION residents_count_on_this_meeting(integer);
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0016_a_registration_says_what_it_told")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]

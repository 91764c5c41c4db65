"""No idea and no project skips a stage, whoever asks: the same pairs as in models/stages.py, which a test compares."""

from django.db import migrations

GUARD = """
CREATE FUNCTION an_idea_may_pass(before text, after text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT (before, after) IN (
        ('draft', 'received'),
        ('received', 'examination'), ('received', 'merged'), ('received', 'withdrawn'),
        ('examination', 'asked'), ('examination', 'supported'), ('examination', 'refused'), ('examination', 'merged'),
        ('examination', 'withdrawn'),
        ('asked', 'examination'), ('asked', 'refused'), ('asked', 'merged'), ('asked', 'withdrawn')
    )
$$;
CREATE FUNCTION a_project_may_pass(before text, after text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT (before, after) IN (
        ('supported', 'drafting'), ('drafting', 'supported'), ('drafting', 'signed'), ('signed', 'under_way'),
        ('under_way', 'delivered'), ('delivered', 'stewardship'), ('delivered', 'closed'),
        ('stewardship', 'taken_back'), ('stewardship', 'closed'), ('taken_back', 'stewardship'),
        ('taken_back', 'closed'),
        ('supported', 'given_up'), ('drafting', 'given_up'), ('signed', 'given_up'), ('under_way', 'given_up')
    )
$$;
CREATE FUNCTION an_idea_passes_as_it_may() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.stage <> 'draft' OR TG_OP = 'UPDATE' AND NOT an_idea_may_pass(OLD.stage, NEW.stage) THEN
        RAISE EXCEPTION 'an idea does not pass there from where it stands'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'an_idea_passes_as_it_may';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION a_project_passes_as_it_may() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.stage <> 'supported' AND NOT NEW.is_from_before
        OR TG_OP = 'UPDATE' AND NOT a_project_may_pass(OLD.stage, NEW.stage) THEN
        RAISE EXCEPTION 'a project does not pass there from where it stands'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_project_passes_as_it_may';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER an_idea_begins_as_a_draft BEFORE INSERT ON engagement_idea
    FOR EACH ROW EXECUTE FUNCTION an_idea_passes_as_it_may();
CREATE TRIGGER an_idea_passes_as_it_may BEFORE UPDATE OF stage ON engagement_idea
    FOR EACH ROW WHEN (OLD.stage IS DISTINCT FROM NEW.stage) EXECUTE FUNCTION an_idea_passes_as_it_may();
CREATE TRIGGER a_project_begins_as_supported BEFORE INSERT ON engagement_project
    FOR EACH ROW EXECUTE FUNCTION a_project_passes_as_it_may();
CREATE TRIGGER a_project_passes_as_it_may BEFORE UPDATE OF stage ON engagement_project
    FOR EACH ROW WHEN (OLD.stage IS DISTINCT FROM NEW.stage) EXECUTE FUNCTION a_project_passes_as_it_may();
"""
LET_GO = """
DROP TRIGGER a_project_passes_as_it_may ON engagement_project;
DROP TRIGGER a_project_begins_as_supported ON engagement_project;
DROP TRIGGER an_idea_passes_as_it_may ON engagement_idea;
DROP TRIGGER an_idea_begins_as_a_draft ON engagement_idea;
DROP FUNCTION a_project_passes_as_it_may();
DROP FUNCTION an_idea_passes_as_it_may();
DROP FUNCTION a_project_may_pass(text, text);
DROP FUNCTION an_idea_may_pass(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("engagement", "0004_a_page_leaves_facts_to_its_project")]

    operations = [migrations.RunSQL(GUARD, LET_GO)]

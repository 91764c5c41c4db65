"""Who was erased leaves the words of a convention under which there is no hand, and of its versions; nothing else moves.

Once somebody who carries the project, or whose idea it came of, is erased: the texts of what is a draft or was dropped
unsigned, and of the versions, may be written without them. What one side signed stays whole.

A condition on a whole row with a worked-out column may not stand in a trigger's WHEN (a dump of it would not load): for
conventions it stands in the function.
"""

from django.db import migrations

OPEN = """
CREATE FUNCTION may_be_unnamed(convention bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM engagement_convention c
        JOIN engagement_project p ON p.id = c.project_id
        LEFT JOIN engagement_idea i ON i.id = p.idea_id
        WHERE c.id = convention AND c.state IN ('draft', 'dropped')
        AND NOT EXISTS (SELECT FROM engagement_signature s WHERE s.convention_id = c.id)
        AND EXISTS (
            SELECT FROM communities_resident r WHERE r.erased_at IS NOT NULL
            AND (r.id = i.resident_id
                OR r.id IN (SELECT t.resident_id FROM engagement_teammate t WHERE t.project_id = p.id))
        )
    )
$$;

CREATE FUNCTION only_words_change(before jsonb, after jsonb, words text[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT before - words IS NOT DISTINCT FROM after - words
$$;

CREATE OR REPLACE FUNCTION a_signed_convention_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['state', 'ended_at', 'ended_on', 'end_reason', 'speech'];
    words text[] := ARRAY[
        'title', 'commune', 'holder', 'deliberation', 'purpose', 'site', 'maintenance', 'insurance', 'take_back',
        'contact', 'evaluation', 'summary', 'text', 'sha256', 'code', 'speech'
    ];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state IN ('signed', 'ended') THEN
            RAISE EXCEPTION 'a signed convention is kept'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_signed_convention_only_ends';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION 'a convention begins as a draft'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_convention_begins_as_a_draft';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'dropped' AND only_words_change(to_jsonb(OLD), to_jsonb(NEW), words) AND may_be_unnamed(OLD.id) THEN
        RETURN NEW;
    END IF;
    IF OLD.state = 'ended' OR OLD.state = 'dropped'
        OR OLD.state = 'signed' AND (
            NEW.state <> 'ended' OR to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change
        ) THEN
        RAISE EXCEPTION 'a signed convention is never changed, only ended'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_signed_convention_only_ends';
    END IF;
    IF OLD.state = 'proposed' AND NEW.state = 'signed' AND (
        SELECT count(*) FROM engagement_signature s WHERE s.convention_id = OLD.id AND s.sha256 = OLD.sha256
    ) < 2 THEN
        RAISE EXCEPTION 'a convention is signed by both sides'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_convention_is_signed_by_both_sides';
    END IF;
    IF OLD.state = 'draft' AND NEW.state NOT IN ('draft', 'proposed', 'dropped')
        OR OLD.state = 'proposed' AND NEW.state NOT IN ('proposed', 'signed', 'draft', 'dropped')
        OR OLD.state = 'proposed' AND NEW.state = 'draft'
            AND EXISTS (SELECT FROM engagement_signature s WHERE s.convention_id = OLD.id) THEN
        RAISE EXCEPTION 'a convention does not pass there from where it stands'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_convention_passes_as_it_may';
    END IF;
    IF OLD.state = 'proposed' AND NEW.state IN ('proposed', 'signed')
        AND to_jsonb(NEW) - ARRAY['state', 'signed_at', 'ends_on', 'speech']
            IS DISTINCT FROM to_jsonb(OLD) - ARRAY['state', 'signed_at', 'ends_on', 'speech'] THEN
        RAISE EXCEPTION 'what is out for signature is frozen'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'what_is_out_for_signature_is_frozen';
    END IF;
    RETURN NEW;
END
$$;

DROP TRIGGER what_is_kept_is_never_changed ON engagement_conventionversion;
CREATE TRIGGER what_is_kept_is_never_removed BEFORE DELETE ON engagement_conventionversion
    FOR EACH ROW EXECUTE FUNCTION what_is_kept_is_never_changed();
CREATE TRIGGER what_is_kept_is_never_changed BEFORE UPDATE ON engagement_conventionversion
    FOR EACH ROW WHEN (NOT (
        only_words_change(to_jsonb(OLD), to_jsonb(NEW), ARRAY['content', 'note']) AND may_be_unnamed(OLD.convention_id)
    )) EXECUTE FUNCTION what_is_kept_is_never_changed();

DROP TRIGGER commitments_are_frozen_with_their_convention ON engagement_commitment;
CREATE TRIGGER commitments_are_kept_with_their_convention BEFORE INSERT OR DELETE ON engagement_commitment
    FOR EACH ROW EXECUTE FUNCTION commitments_are_frozen_with_their_convention();
CREATE TRIGGER commitments_are_frozen_with_their_convention BEFORE UPDATE ON engagement_commitment
    FOR EACH ROW WHEN (NOT (
        only_words_change(to_jsonb(OLD), to_jsonb(NEW), ARRAY['what', 'who']) AND may_be_unnamed(OLD.convention_id)
    )) EXECUTE FUNCTION commitments_are_frozen_with_their_convention();
"""
CLOSE = """
DROP TRIGGER commitments_are_frozen_with_their_convention ON engagement_commitment;
DROP TRIGGER commitments_are_kept_with_their_convention ON engagement_commitment;
CREATE TRIGGER commitments_are_frozen_with_their_convention BEFORE INSERT OR UPDATE OR DELETE ON engagement_commitment
    FOR EACH ROW EXECUTE FUNCTION commitments_are_frozen_with_their_convention();
DROP TRIGGER what_is_kept_is_never_changed ON engagement_conventionversion;
DROP TRIGGER what_is_kept_is_never_removed ON engagement_conventionversion;
CREATE TRIGGER what_is_kept_is_never_changed BEFORE UPDATE OR DELETE ON engagement_conventionversion
    FOR EACH ROW EXECUTE FUNCTION what_is_kept_is_never_changed();

CREATE OR REPLACE FUNCTION a_signed_convention_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['state', 'ended_at', 'ended_on', 'end_reason', 'speech'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state IN ('signed', 'ended') THEN
            RAISE EXCEPTION 'a signed convention is kept'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_signed_convention_only_ends';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION 'a convention begins as a draft'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_convention_begins_as_a_draft';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'ended' OR OLD.state = 'dropped'
        OR OLD.state = 'signed' AND (
            NEW.state <> 'ended' OR to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change
        ) THEN
        RAISE EXCEPTION 'a signed convention is never changed, only ended'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_signed_convention_only_ends';
    END IF;
    IF OLD.state = 'proposed' AND NEW.state = 'signed' AND (
        SELECT count(*) FROM engagement_signature s WHERE s.convention_id = OLD.id AND s.sha256 = OLD.sha256
    ) < 2 THEN
        RAISE EXCEPTION 'a convention is signed by both sides'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_convention_is_signed_by_both_sides';
    END IF;
    IF OLD.state = 'draft' AND NEW.state NOT IN ('draft', 'proposed', 'dropped')
        OR OLD.state = 'proposed' AND NEW.state NOT IN ('proposed', 'signed', 'draft', 'dropped')
        OR OLD.state = 'proposed' AND NEW.state = 'draft'
            AND EXISTS (SELECT FROM engagement_signature s WHERE s.convention_id = OLD.id) THEN
        RAISE EXCEPTION 'a convention does not pass there from where it stands'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_convention_passes_as_it_may';
    END IF;
    IF OLD.state = 'proposed' AND NEW.state IN ('proposed', 'signed')
        AND to_jsonb(NEW) - ARRAY['state', 'signed_at', 'ends_on', 'speech']
            IS DISTINCT FROM to_jsonb(OLD) - ARRAY['state', 'signed_at', 'ends_on', 'speech'] THEN
        RAISE EXCEPTION 'what is out for signature is frozen'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'what_is_out_for_signature_is_frozen';
    END IF;
    RETURN NEW;
END
$$;

DROP FUNCTION only_words_change(jsonb, jsonb, text[]);
DROP FUNCTION may_be_unnamed(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0028_communities_keep_their_words"),
        ("engagement", "0022_conventions_keep_their_words"),
    ]

    operations = [migrations.RunSQL(OPEN, CLOSE)]

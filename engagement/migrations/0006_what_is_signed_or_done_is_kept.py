"""Signed conventions, signatures, versions, entries, passages and files handed in: added to, never changed or removed.

A convention that is out for signature keeps its text; once signed, it can only end. An entry is undone by its exact
opposite. All of it holds for everyone who comes to the tables, our own code included.
"""

from django.db import migrations

KEEP = """
CREATE FUNCTION what_is_kept_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is kept is added to, never changed or removed'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'what_is_kept_is_never_changed';
END
$$;
CREATE TRIGGER what_is_kept_is_never_changed BEFORE UPDATE ON engagement_keptfile
    FOR EACH ROW EXECUTE FUNCTION what_is_kept_is_never_changed();

CREATE FUNCTION a_signed_convention_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['state', 'ended_at', 'ended_on', 'end_reason'];
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
        AND to_jsonb(NEW) - ARRAY['state', 'signed_at', 'ends_on']
            IS DISTINCT FROM to_jsonb(OLD) - ARRAY['state', 'signed_at', 'ends_on'] THEN
        RAISE EXCEPTION 'what is out for signature is frozen'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'what_is_out_for_signature_is_frozen';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER a_signed_convention_only_ends BEFORE INSERT OR UPDATE OR DELETE ON engagement_convention
    FOR EACH ROW EXECUTE FUNCTION a_signed_convention_only_ends();

CREATE FUNCTION commitments_are_frozen_with_their_convention() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    touched := CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.convention_id]
        WHEN 'DELETE' THEN ARRAY[OLD.convention_id]
        ELSE ARRAY[OLD.convention_id, NEW.convention_id]
    END;
    PERFORM FROM engagement_convention c WHERE c.id = ANY (touched) FOR SHARE;
    IF EXISTS (SELECT FROM engagement_convention c WHERE c.id = ANY (touched) AND c.state <> 'draft') THEN
        RAISE EXCEPTION 'what a convention promises is frozen with it'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'commitments_are_frozen_with_their_convention';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER commitments_are_frozen_with_their_convention BEFORE INSERT OR UPDATE OR DELETE ON engagement_commitment
    FOR EACH ROW EXECUTE FUNCTION commitments_are_frozen_with_their_convention();

CREATE FUNCTION a_signature_is_under_the_frozen_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM engagement_convention c
        WHERE c.id = NEW.convention_id AND c.state = 'proposed' AND c.sha256 = NEW.sha256 FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a signature goes under the text that is out for signature'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_signature_is_under_the_frozen_text';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER a_signature_is_under_the_frozen_text BEFORE INSERT ON engagement_signature
    FOR EACH ROW EXECUTE FUNCTION a_signature_is_under_the_frozen_text();

CREATE FUNCTION a_reversal_is_the_exact_opposite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM engagement_ledgerentry e
        WHERE e.id = NEW.reverses_id AND e.reverses_id IS NULL AND e.project_id = NEW.project_id
        AND e.side = NEW.side AND e.kind = NEW.kind AND e.unit = NEW.unit
        AND e.commitment_id IS NOT DISTINCT FROM NEW.commitment_id
        AND e.quantity = -NEW.quantity AND e.value = -NEW.value;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an entry is undone by its exact opposite'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_reversal_is_the_exact_opposite';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER a_reversal_is_the_exact_opposite BEFORE INSERT ON engagement_ledgerentry
    FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL) EXECUTE FUNCTION a_reversal_is_the_exact_opposite();

CREATE TRIGGER what_is_kept_is_never_changed BEFORE UPDATE OR DELETE ON engagement_passage
    FOR EACH ROW EXECUTE FUNCTION what_is_kept_is_never_changed();

CREATE TRIGGER what_is_kept_is_never_changed BEFORE UPDATE OR DELETE ON engagement_conventionversion
    FOR EACH ROW EXECUTE FUNCTION what_is_kept_is_never_changed();

CREATE TRIGGER what_is_kept_is_never_changed BEFORE UPDATE OR DELETE ON engagement_signature
    FOR EACH ROW EXECUTE FUNCTION what_is_kept_is_never_changed();

CREATE TRIGGER what_is_kept_is_never_changed BEFORE UPDATE OR DELETE ON engagement_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION what_is_kept_is_never_changed();
"""
LET_GO = """
DROP TRIGGER what_is_kept_is_never_changed ON engagement_passage;
DROP TRIGGER what_is_kept_is_never_changed ON engagement_conventionversion;
DROP TRIGGER what_is_kept_is_never_changed ON engagement_signature;
DROP TRIGGER what_is_kept_is_never_changed ON engagement_ledgerentry;
DROP TRIGGER a_reversal_is_the_exact_opposite ON engagement_ledgerentry;
DROP FUNCTION a_reversal_is_the_exact_opposite();
DROP TRIGGER a_signature_is_under_the_frozen_text ON engagement_signature;
DROP FUNCTION a_signature_is_under_the_frozen_text();
DROP TRIGGER commitments_are_frozen_with_their_convention ON engagement_commitment;
DROP FUNCTION commitments_are_frozen_with_their_convention();
DROP TRIGGER a_signed_convention_only_ends ON engagement_convention;
DROP FUNCTION a_signed_convention_only_ends();
DROP TRIGGER what_is_kept_is_never_changed ON engagement_keptfile;
DROP FUNCTION what_is_kept_is_never_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("engagement", "0005_stages_pass_only_as_they_may")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]

"""What a search reads of a convention is worked out once, when it is written.

A trigger before a change does not see yet what PostgreSQL works out: those that compare a convention with what it was
leave `speech` aside, which follows from what they do compare.
"""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models

from communities.folding import FoldedWords, Joined

KEEP_AS_BEFORE = """
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

CREATE OR REPLACE FUNCTION what_one_side_signed_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - ARRAY['state', 'signed_at', 'ends_on', 'speech'] IS DISTINCT FROM
            to_jsonb(OLD) - ARRAY['state', 'signed_at', 'ends_on', 'speech']
        AND EXISTS (SELECT FROM engagement_signature s WHERE s.convention_id = OLD.id) THEN
        RAISE EXCEPTION 'what one side signed is never changed'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'what_one_side_signed_is_kept';
    END IF;
    RETURN NEW;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("engagement", "0021_ideas_keep_their_words")]

    operations = [
        migrations.RunSQL(KEEP_AS_BEFORE, migrations.RunSQL.noop),
        migrations.AddField(
            "convention",
            "speech",
            models.GeneratedField(
                expression=SearchVector(FoldedWords(Joined("title")), weight="A", config="french")
                + SearchVector(FoldedWords(Joined("summary", "number")), weight="C", config="french"),
                output_field=SearchVectorField(),
                db_persist=True,
            ),
        ),
    ]

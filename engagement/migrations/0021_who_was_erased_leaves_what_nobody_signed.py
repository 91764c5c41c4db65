"""Who was erased leaves the words of a convention under which there is no hand, and of its versions; nothing else moves.

Once somebody who carries the project, or whose idea it came of, is erased: the texts of what is a draft or was dropped
unsigned, and of the versions, may be written without them. What one side signed stays whole.
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

DROP TRIGGER a_signed_convention_only_ends ON engagement_convention;
CREATE TRIGGER a_convention_begins_as_a_draft_and_is_kept BEFORE INSERT OR DELETE ON engagement_convention
    FOR EACH ROW EXECUTE FUNCTION a_signed_convention_only_ends();
CREATE TRIGGER a_signed_convention_only_ends BEFORE UPDATE ON engagement_convention
    FOR EACH ROW WHEN (NOT (
        OLD.state = 'dropped'
        AND only_words_change(to_jsonb(OLD), to_jsonb(NEW), ARRAY[
            'title', 'commune', 'holder', 'deliberation', 'purpose', 'site', 'maintenance', 'insurance', 'take_back',
            'contact', 'evaluation', 'summary', 'text', 'sha256', 'code'
        ])
        AND may_be_unnamed(OLD.id)
    )) EXECUTE FUNCTION a_signed_convention_only_ends();

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
DROP TRIGGER a_signed_convention_only_ends ON engagement_convention;
DROP TRIGGER a_convention_begins_as_a_draft_and_is_kept ON engagement_convention;
CREATE TRIGGER a_signed_convention_only_ends BEFORE INSERT OR UPDATE OR DELETE ON engagement_convention
    FOR EACH ROW EXECUTE FUNCTION a_signed_convention_only_ends();
DROP FUNCTION only_words_change(jsonb, jsonb, text[]);
DROP FUNCTION may_be_unnamed(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0027_a_mark_touches_few_indexes"),
        ("engagement", "0020_a_photo_is_its_takers"),
    ]

    operations = [migrations.RunSQL(OPEN, CLOSE)]

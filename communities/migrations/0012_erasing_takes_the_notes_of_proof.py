"""Staff write where a proof is kept in words of their own, names included: with an erased person, they go too."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION consent_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    %s
    RAISE EXCEPTION 'what a resident said of consent is kept: add an event, never change or remove one'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'consent_is_append_only';
END
$$;
"""
UNLESS_ERASED = """
    IF TG_OP = 'UPDATE' AND NEW.proof = '' AND to_jsonb(NEW) - 'proof' = to_jsonb(OLD) - 'proof'
        AND EXISTS (SELECT FROM communities_resident WHERE id = OLD.resident_id AND erased_at IS NOT NULL)
    THEN
        RETURN NEW;
    END IF;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0011_nobody_is_told_by_text_message"),
    ]

    operations = [migrations.RunSQL(FUNCTION % UNLESS_ERASED, FUNCTION % "")]

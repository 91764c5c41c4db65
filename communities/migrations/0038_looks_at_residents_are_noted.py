"""Who looked at residents is added to, and goes with time; nobody changes it, whoever they are.

No row goes before half a year, whatever retention a town chooses.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEEP = """
CREATE FUNCTION a_look_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.seen_at < now() - interval '180 days' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.who_id IS NULL AND to_jsonb(NEW) - 'who_id' = to_jsonb(OLD) - 'who_id' THEN
        RETURN NEW;  -- whoever looked left the town hall
    END IF;
    RAISE EXCEPTION 'who looked at residents is added to, never changed, and kept for half a year at least'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_look_is_kept';
END
$$;
CREATE TRIGGER a_look_is_kept BEFORE UPDATE OR DELETE ON communities_accesslog
    FOR EACH ROW EXECUTE FUNCTION a_look_is_kept();
"""
LET_GO = """
DROP TRIGGER a_look_is_kept ON communities_accesslog;
DROP FUNCTION a_look_is_kept();
"""
KINDS = [
    ("list", "opened a list"),
    ("search", "searched"),
    ("record", "opened one record"),
    ("export", "took a list away"),
    ("print", "printed"),
    ("preview", "read a letter as one of its readers"),
    ("message", "read a message"),
    ("file", "opened a file of residents"),
]


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("communities", "0037_two_records_become_one"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("who_name", models.CharField(max_length=150, verbose_name="who")),
                ("kind", models.CharField(choices=KINDS, max_length=8, verbose_name="did what")),
                ("what", models.CharField(max_length=80, verbose_name="where")),
                ("resident_key", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="resident")),
                (
                    "words",
                    models.CharField(blank=True, max_length=16, verbose_name="words searched, as a fingerprint"),
                ),
                ("count", models.PositiveIntegerField(blank=True, null=True, verbose_name="how many")),
                ("seen_at", models.DateTimeField(verbose_name="when, to the minute")),
                (
                    "who",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "look at residents",
                "verbose_name_plural": "looks at residents",
                "ordering": ["-seen_at", "-pk"],
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["resident_key", "-seen_at"], name="who_looked_at_a_resident")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["seen_at", "who_name", "kind", "what", "resident_key", "words"],
                        name="a_look_is_noted_once_a_minute",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]

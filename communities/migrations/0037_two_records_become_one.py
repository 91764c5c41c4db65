"""A record that was joined to another points to it; what was said of consent follows the person, and changes no word."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FOLLOWS = """
CREATE FUNCTION follows_its_person(before jsonb, after jsonb, who text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT before - who = after - who AND EXISTS (
        SELECT FROM communities_resident
        WHERE id = (before ->> who)::bigint AND merged_into_id = (after ->> who)::bigint
    )
$$;
"""
CONSENT = """
CREATE OR REPLACE FUNCTION consent_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.proof = '' AND to_jsonb(NEW) - 'proof' = to_jsonb(OLD) - 'proof'
        AND EXISTS (SELECT FROM communities_resident WHERE id = OLD.resident_id AND erased_at IS NOT NULL)
    THEN
        RETURN NEW;
    END IF;
    %s
    RAISE EXCEPTION 'what a resident said of consent is kept: add an event, never change or remove one'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'consent_is_append_only';
END
$$;
"""
OR_FOLLOWS = """
    IF TG_OP = 'UPDATE' AND follows_its_person(to_jsonb(OLD), to_jsonb(NEW), 'resident_id') THEN
        RETURN NEW;
    END IF;
"""
ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("communities", "0036_pictures_that_were_there_go_on"),
    ]

    operations = [
        migrations.AddField(
            model_name="resident",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="communities.resident",
            ),
        ),
        migrations.AddConstraint(
            model_name="resident",
            constraint=models.CheckConstraint(
                condition=models.Q(merged_into=None)
                | (models.Q(erased_at__isnull=False) & ~models.Q(merged_into=models.F("id"))),
                name="a_record_joined_to_another_is_blank",
            ),
        ),
        migrations.CreateModel(
            name="ToldApart",
            fields=[
                ("id", ID),
                ("told_at", models.DateTimeField(verbose_name="on")),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="communities.resident"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="communities.resident"
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "pair told apart",
                "verbose_name_plural": "pairs told apart",
                "constraints": [
                    models.UniqueConstraint(fields=["one", "other"], name="two_residents_are_told_apart_once"),
                    models.CheckConstraint(
                        condition=models.Q(one__lt=models.F("other")), name="the_older_of_two_told_apart_comes_first"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowedLink",
            fields=[
                ("id", ID),
                ("number", models.PositiveBigIntegerField()),
                ("addresses_before", models.PositiveSmallIntegerField()),
                ("while_before", models.PositiveSmallIntegerField()),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followed_links",
                        to="communities.resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "link of a record that was joined to another",
                "verbose_name_plural": "links of records that were joined to others",
                "constraints": [
                    models.UniqueConstraint(fields=["number", "addresses_before"], name="a_link_follows_one_resident")
                ],
            },
        ),
        migrations.RunSQL(FOLLOWS + CONSENT % OR_FOLLOWS, CONSENT % "" + "DROP FUNCTION follows_its_person;"),
    ]

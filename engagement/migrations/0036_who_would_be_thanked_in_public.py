"""Who would be thanked by name, and have their hours by letter, says so; each word is kept as it was said."""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
CREATE FUNCTION a_choice_about_thanks_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a choice is followed by another, and never edited'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_choice_about_thanks_is_kept';
END
$$;
CREATE TRIGGER a_choice_about_thanks_is_kept BEFORE UPDATE ON engagement_thankschoice
    FOR EACH ROW EXECUTE FUNCTION a_choice_about_thanks_is_kept();
"""
LET_GO = """
DROP TRIGGER a_choice_about_thanks_is_kept ON engagement_thankschoice;
DROP FUNCTION a_choice_about_thanks_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0032_members_invite_their_neighbours"),
        ("engagement", "0035_a_day_is_told_in_pictures"),
    ]

    operations = [
        migrations.CreateModel(
            name="ThanksChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "matter",
                    models.CharField(
                        choices=[
                            ("public", "my first name may be thanked in public"),
                            ("yearly", "a letter with my hours, each January"),
                        ],
                        max_length=8,
                        verbose_name="about",
                    ),
                ),
                ("granted", models.BooleanField(verbose_name="granted")),
                ("shown_as", models.CharField(blank=True, max_length=40, verbose_name="as everyone reads it")),
                ("wording", models.CharField(max_length=40, verbose_name="wording")),
                ("said_at", models.DateTimeField(verbose_name="on")),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="thanks_choices",
                        to="communities.resident",
                        verbose_name="resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice about thanks",
                "verbose_name_plural": "choices about thanks",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["matter", "resident", "-id"], name="the_last_word_about_thanks")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("granted", False),
                            models.Q(("matter", "public"), _negated=True),
                            models.Q(("shown_as", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="who_is_thanked_in_public_says_under_which_name",
                    )
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0008_a_resident_has_a_calendar"),
    ]

    operations = [
        migrations.CreateModel(
            name="HelpAsked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("lift", "that someone fetches me"),
                                ("hearing_loop", "a hearing loop"),
                                ("sign_language", "a sign language interpreter"),
                                ("childcare", "someone who minds my children"),
                            ],
                            max_length=16,
                        ),
                        size=None,
                        verbose_name="what would help",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked on")),
                (
                    "invitation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="help_asked",
                        to="meetings.invitation",
                        verbose_name="invitation",
                    ),
                ),
            ],
            options={
                "verbose_name": "help asked for",
                "verbose_name_plural": "help asked for",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kinds", []), _negated=True), name="whoever_asks_for_help_says_which"
                    )
                ],
            },
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0013_a_mailing_may_leave_at_any_hour"),
    ]

    operations = [
        migrations.AddField(
            model_name="resident",
            name="paused_until",
            field=models.DateTimeField(
                blank=True,
                help_text="Answers to what they ask still leave. The rest waits, then comes in one weekly letter.",
                null=True,
                verbose_name="not to be written to before",
            ),
        ),
        migrations.CreateModel(
            name="MutedTopic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("invitations", "invitations to meetings"),
                            ("reminders", "reminders before a meeting"),
                            ("minutes", "what came of meetings"),
                            ("calls", "calls for a helping hand"),
                            ("news", "other letters of the town hall"),
                        ],
                        max_length=16,
                        verbose_name="kind of letters",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("web", "the site"),
                            ("mail", "the link in a letter"),
                            ("staff", "the town hall"),
                            ("import", "an import"),
                        ],
                        max_length=8,
                        verbose_name="origin",
                    ),
                ),
                ("muted_at", models.DateTimeField(verbose_name="on")),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="muted_topics",
                        to="communities.resident",
                        verbose_name="resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "kind of letters not wanted",
                "verbose_name_plural": "kinds of letters not wanted",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("topic", "resident"), name="a_resident_mutes_a_kind_of_letters_once_at_a_time"
                    )
                ],
            },
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_a_meeting_may_ask_the_silent_again")]

    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("eve", "the day before, to those who come"),
                            ("nudge", "a week before, to those who have not answered"),
                        ],
                        max_length=8,
                        verbose_name="reminder",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("posted_at", models.DateTimeField(verbose_name="posted on")),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="meetings.invitation",
                        verbose_name="invitation",
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("invitation", "kind", "starts_at"), name="one_reminder_per_invitation_kind_and_start"
                    )
                ],
            },
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0013_a_mailing_may_leave_at_any_hour"),
        ("meetings", "0007_a_start_is_reminded_of_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("secret", models.CharField(editable=False, max_length=32, unique=True)),
                ("hides_cancelled", models.BooleanField(default=False, verbose_name="without cancelled meetings")),
                ("created_at", models.DateTimeField(verbose_name="asked for on")),
                ("last_read_on", models.DateField(blank=True, null=True, verbose_name="last read on")),
                (
                    "resident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_key",
                        to="communities.resident",
                        verbose_name="resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar of one’s own",
                "verbose_name_plural": "calendars of one’s own",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("secret__regex", "^[0-9a-f]{32}$")),
                        name="a_calendar_has_a_secret_nobody_guesses",
                    )
                ],
            },
        ),
    ]

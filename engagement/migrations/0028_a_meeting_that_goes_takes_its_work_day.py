import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Only one that no resident knows of can go (see meetings.keeping)."""

    dependencies = [
        ("engagement", "0027_shifts_and_needs_are_struck_off"),
        ("meetings", "0020_mandates"),
    ]

    operations = [
        migrations.AlterField(
            model_name="workday",
            name="meeting",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="work_day",
                to="meetings.meetingpage",
                verbose_name="meeting",
            ),
        ),
    ]

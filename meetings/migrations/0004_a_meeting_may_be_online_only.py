"""A meeting is somewhere or online: its venue may be left empty."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_announcements_are_found_by_their_mailing")]

    operations = [
        migrations.AlterField(
            model_name="meetingpage",
            name="venue",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="meetings.venue",
                verbose_name="venue",
            ),
        ),
    ]

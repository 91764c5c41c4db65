import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0018_a_calendar_knows_its_address"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="meeting",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="meetings.meetingpage",
                verbose_name="meeting",
            ),
        ),
    ]

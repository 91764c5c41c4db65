from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0025_a_pause_may_leave_paper_alone"),
    ]

    operations = [
        migrations.AddField(
            model_name="resident",
            name="addresses_before",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
    ]

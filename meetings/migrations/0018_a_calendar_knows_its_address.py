from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0017_what_residents_know_of_stays"),
    ]

    operations = [
        migrations.AddField(
            model_name="calendarkey",
            name="addresses_before",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
    ]

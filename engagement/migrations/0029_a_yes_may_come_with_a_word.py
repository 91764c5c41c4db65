from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0028_a_meeting_that_goes_takes_its_work_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="workday",
            name="advice",
            field=models.TextField(blank=True, editable=False, verbose_name="word with the yes"),
        ),
    ]

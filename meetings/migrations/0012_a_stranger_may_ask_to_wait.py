from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0011_someone_may_wait_for_a_seat"),
    ]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="waits",
            field=models.BooleanField(default=False, verbose_name="asks for a place on the waiting list"),
        ),
    ]

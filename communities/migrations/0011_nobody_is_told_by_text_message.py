"""Nothing carries a text message: whoever preferred one is told by the telephone that it was to reach."""

from django.db import migrations, models

CHANNELS = [("email", "e-mail"), ("letter", "letter"), ("phone", "telephone")]


def call_them(apps, schema_editor):
    apps.get_model("communities", "Resident").objects.filter(preferred_channel="sms").update(preferred_channel="phone")


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0010_a_town_states_its_accessibility"),
    ]

    operations = [
        migrations.RunPython(call_them, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="consentevent",
            name="channel",
            field=models.CharField(choices=CHANNELS, max_length=8, verbose_name="channel"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="channel",
            field=models.CharField(choices=CHANNELS, default="email", max_length=8, verbose_name="channel"),
        ),
        migrations.AlterField(
            model_name="resident",
            name="preferred_channel",
            field=models.CharField(
                choices=CHANNELS, default="email", max_length=8, verbose_name="prefers to be told by"
            ),
        ),
    ]

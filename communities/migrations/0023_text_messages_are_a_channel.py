from django.db import migrations, models

CHANNELS = [("email", "e-mail"), ("letter", "letter"), ("phone", "telephone"), ("sms", "SMS")]


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0022_letters_say_that_they_came_back"),
    ]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="channel",
            field=models.CharField(choices=CHANNELS, default="email", max_length=8, verbose_name="channel"),
        ),
        migrations.AlterField(
            model_name="consentevent",
            name="channel",
            field=models.CharField(choices=CHANNELS, max_length=8, verbose_name="channel"),
        ),
    ]

"""An idea is begun as a draft, then sent; it is received when the button of its letter is pressed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("engagement", "0006_what_is_signed_or_done_is_kept")]

    operations = [
        migrations.AddField(
            "idea", "given_name", models.CharField(blank=True, max_length=80, verbose_name="name given")
        ),
        migrations.AddField(
            "idea", "of_age", models.BooleanField(default=False, verbose_name="15 or older, or an adult sends it")
        ),
        migrations.AddField(
            "idea",
            "changed_at",
            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="last written on"),
        ),
        migrations.AddField(
            "idea",
            "sent_at",
            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent on"),
        ),
        migrations.AddField("idea", "times_sent", models.PositiveSmallIntegerField(default=0, editable=False)),
    ]

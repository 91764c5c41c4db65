from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0017_a_sent_letter_stays"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="printed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="printed on"),
        ),
    ]

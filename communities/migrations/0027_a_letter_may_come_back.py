from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0013_a_mailing_may_leave_at_any_hour"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="bounced_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="came back on"),
        ),
    ]

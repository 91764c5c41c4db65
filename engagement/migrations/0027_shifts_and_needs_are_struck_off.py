from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0026_work_days"),
        ("meetings", "0020_mandates"),
    ]

    operations = [
        migrations.AddField(
            model_name="need",
            name="struck_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="struck off on"),
        ),
        migrations.AddField(
            model_name="shift",
            name="struck_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="struck off on"),
        ),
    ]

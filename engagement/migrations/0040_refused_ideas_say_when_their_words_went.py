from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0037_letters_of_coordinators"),
    ]

    operations = [
        migrations.AddField(
            model_name="idea",
            name="faded_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="its words went on"),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    """When the meeting no longer concerns someone who was invited."""

    dependencies = [("meetings", "0005_a_venue_says_when_it_changed")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="withdrawn on"),
        ),
    ]

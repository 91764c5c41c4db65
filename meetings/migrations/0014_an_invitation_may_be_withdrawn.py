from django.db import migrations, models


class Migration(migrations.Migration):
    """When the meeting no longer concerns someone who was invited."""

    dependencies = [("meetings", "0013_the_town_hall_may_let_someone_in")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="withdrawn on"),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever confirms a seat is told of what changed since their letter."""

    dependencies = [("meetings", "0015_answers_are_asked_again")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="sequence",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="sequence sent"),
        ),
    ]

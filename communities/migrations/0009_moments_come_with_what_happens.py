"""When something happened is said by the rule that makes it happen; nobody asked since when a community exists."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0008_newcomers_know_their_file"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="community",
            name="created_at",
        ),
        migrations.AlterField(
            model_name="membership",
            name="joined_at",
            field=models.DateTimeField(editable=False, verbose_name="member since"),
        ),
        migrations.AlterField(
            model_name="resident",
            name="created_at",
            field=models.DateTimeField(editable=False, verbose_name="known since"),
        ),
    ]

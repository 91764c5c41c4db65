"""A provider that takes letters by its own interface tells of them later under a name of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0018_letters_know_when_they_were_printed"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="provider_id",
            field=models.CharField(blank=True, editable=False, max_length=255),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("provider_id", ""), _negated=True),
                fields=["provider_id"],
                name="letters_named_by_a_provider",
            ),
        ),
    ]

from django.db import migrations, models

import communities.models.resident


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0023_text_messages_are_a_channel"),
    ]

    operations = [
        migrations.AlterField(
            model_name="resident",
            name="token",
            field=models.CharField(default=communities.models.resident.new_token, editable=False, max_length=32),
        ),
        migrations.AddConstraint(
            model_name="resident",
            constraint=models.UniqueConstraint(
                condition=models.Q(("token__isnull", False)), fields=("token",), name="one_resident_per_token"
            ),
        ),
    ]

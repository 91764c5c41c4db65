"""A draft whose address is put right has another link."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("engagement", "0018_what_one_side_signed_is_kept")]

    operations = [
        migrations.AddField("idea", "addresses_before", models.PositiveSmallIntegerField(default=0, editable=False))
    ]

"""A draft whose address is put right has another link."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("engagement", "0023_who_was_erased_leaves_what_nobody_signed")]

    operations = [
        migrations.AddField("idea", "addresses_before", models.PositiveSmallIntegerField(default=0, editable=False))
    ]

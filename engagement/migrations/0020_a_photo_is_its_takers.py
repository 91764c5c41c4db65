"""A photo that stands beside a later answer is still its taker's: of those there are, whoever answered last is the one."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def know_who_took_them(apps, schema_editor):
    checks = apps.get_model("engagement", "StewardshipCheck").objects
    checks.filter(photo__isnull=False).update(photo_by=F("answered_by"))


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0027_a_mark_touches_few_indexes"),
        ("engagement", "0019_a_request_says_who_decided"),
    ]

    operations = [
        migrations.AddField(
            model_name="stewardshipcheck",
            name="photo_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="communities.resident",
                verbose_name="photo taken by",
            ),
        ),
        migrations.RunPython(know_who_took_them, migrations.RunPython.noop),
    ]

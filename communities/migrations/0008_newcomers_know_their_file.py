"""Which file brought a resident? Those of earlier imports are told by the moment at which both were written."""

import django.db.models.deletion
from django.db import migrations, models


def know_the_file(apps, schema_editor):
    Resident = apps.get_model("communities", "Resident")
    ResidentImport = apps.get_model("communities", "ResidentImport")
    of_the_moment = ResidentImport.objects.filter(applied_at=models.OuterRef("created_at")).values("pk")[:1]
    Resident.objects.update(came_with=models.Subquery(of_the_moment))


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0007_names_are_folded_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="resident",
            name="came_with",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="newcomers",
                to="communities.residentimport",
                verbose_name="came with the file",
            ),
        ),
        migrations.RunPython(know_the_file, migrations.RunPython.noop),
    ]

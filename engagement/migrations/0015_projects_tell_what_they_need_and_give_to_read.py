"""A project's page lists what its team looks for, and documents."""

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0014_a_check_shows_its_photo_and_a_review_concludes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        migrations.AddField(
            model_name="projectpage",
            name="needs",
            field=models.TextField(
                blank=True,
                help_text="What the team looks for now, one thing on each line: hands, tools, plants…",
                max_length=1000,
                verbose_name="needs",
            ),
        ),
        migrations.CreateModel(
            name="ProjectDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "project",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="engagement.projectpage",
                    ),
                ),
            ],
            options={"verbose_name": "document", "ordering": ["sort_order"], "abstract": False},
        ),
    ]

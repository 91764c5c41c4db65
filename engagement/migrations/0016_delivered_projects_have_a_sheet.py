"""What others may learn from a project: the form of the founding sheet."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("engagement", "0015_projects_tell_what_they_need_and_give_to_read")]

    operations = [
        migrations.CreateModel(
            name="ProjectSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "duration",
                    models.CharField(
                        blank=True, help_text="“Four months”, say.", max_length=90, verbose_name="duration"
                    ),
                ),
                (
                    "participants",
                    models.CharField(
                        blank=True,
                        help_text="How many, and who they were: no name of a person.",
                        max_length=90,
                        verbose_name="participants",
                    ),
                ),
                ("objectives", models.TextField(blank=True, max_length=700, verbose_name="objectives")),
                ("before", models.TextField(blank=True, max_length=600, verbose_name="before")),
                ("during", models.TextField(blank=True, max_length=600, verbose_name="during")),
                ("after", models.TextField(blank=True, max_length=600, verbose_name="after")),
                (
                    "satisfactions",
                    models.TextField(
                        blank=True,
                        help_text="One on each line; the first five are printed.",
                        max_length=600,
                        verbose_name="satisfactions",
                    ),
                ),
                (
                    "obstacles",
                    models.TextField(
                        blank=True,
                        help_text="One on each line; the first five are printed.",
                        max_length=600,
                        verbose_name="obstacles",
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        help_text="A department and its telephone: no name of a person.",
                        max_length=70,
                        verbose_name="contact",
                    ),
                ),
                (
                    "public_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="public since"),
                ),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheet",
                        to="engagement.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "project sheet",
                "verbose_name_plural": "project sheets",
                "ordering": ["project__title", "pk"],
            },
        ),
    ]

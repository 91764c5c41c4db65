"""Who built something with others may keep a proof of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0027_a_mark_touches_few_indexes"),
        ("engagement", "0016_delivered_projects_have_a_sheet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CertificateRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given_name", models.CharField(max_length=70, verbose_name="name as it is printed")),
                ("asked_at", models.DateTimeField(verbose_name="asked on")),
                ("granted_at", models.DateTimeField(blank=True, null=True, verbose_name="granted on")),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="left on")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificates",
                        to="engagement.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificates",
                        to="communities.resident",
                        verbose_name="resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for a certificate",
                "verbose_name_plural": "requests for certificates",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "resident"), name="one_certificate_per_project_and_resident"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("granted_at__isnull", True), ("left_at__isnull", True), _connector="OR"),
                        name="a_certificate_is_granted_or_left",
                    ),
                ],
            },
        ),
    ]

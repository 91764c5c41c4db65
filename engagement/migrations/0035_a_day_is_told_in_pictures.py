"""Whoever runs a work day tells it, in words and pictures."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0032_members_invite_their_neighbours"),
        ("engagement", "0034_hours_of_a_day_go_to_the_accounts_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(blank=True, max_length=3000, verbose_name="what was done")),
                ("thanks", models.TextField(blank=True, max_length=1000, verbose_name="word of thanks")),
                ("written_at", models.DateTimeField(verbose_name="written on")),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="looked at on")),
                ("public_at", models.DateTimeField(blank=True, null=True, verbose_name="published on")),
                (
                    "work_day",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="account",
                        to="engagement.workday",
                        verbose_name="work day",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="day_accounts",
                        to="communities.resident",
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "account of a work day",
                "verbose_name_plural": "accounts of work days",
                "ordering": ["-written_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DayPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("alternative_text", models.CharField(blank=True, max_length=255, verbose_name="what it shows")),
                ("is_public", models.BooleanField(default=False, verbose_name="shown on the site")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="engagement.dayaccount",
                        verbose_name="account",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="engagement.keptfile",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture of a work day",
                "verbose_name_plural": "pictures of work days",
                "ordering": ["pk"],
            },
        ),
    ]

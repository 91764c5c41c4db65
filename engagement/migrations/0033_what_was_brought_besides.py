"""Things come to a work day that nobody had promised; whoever came still counts once when their name is let go of."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0029_a_yes_may_come_with_a_word"),
    ]

    operations = [
        migrations.CreateModel(
            name="ThingBrought",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("tools", "tools"), ("materials", "materials"), ("food", "food and drinks")],
                        default="tools",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("item", models.CharField(max_length=80, verbose_name="what")),
                ("quantity", models.PositiveSmallIntegerField(verbose_name="how many")),
                ("unit", models.CharField(blank=True, max_length=24, verbose_name="unit")),
                ("key", models.UUIDField(editable=False, unique=True, verbose_name="key")),
                ("noted_at", models.DateTimeField(verbose_name="noted on")),
                (
                    "work_day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="things",
                        to="engagement.workday",
                        verbose_name="work day",
                    ),
                ),
            ],
            options={
                "verbose_name": "thing brought",
                "verbose_name_plural": "things brought",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("item", ""), _negated=True), name="what_was_brought_has_a_name"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="attendance",
            name="party",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
    ]

"""Those who carry an idea answer the town hall; those who support one may be told what becomes of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0007_drafts_wait_for_the_button_of_a_letter"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "ideasupport",
            "wants_news",
            models.BooleanField(default=False, verbose_name="wants to be told what becomes of it"),
        ),
        migrations.CreateModel(
            name="IdeaAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(max_length=4000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(verbose_name="on")),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="engagement.idea",
                        verbose_name="idea",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer of those who carry it",
                "verbose_name_plural": "answers of those who carry it",
                "ordering": ["answered_at", "pk"],
            },
        ),
    ]

"""A member invites neighbours, of whom only a fingerprint stays."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0031_communities_are_open_or_closed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="mutedtopic",
            name="topic",
            field=models.CharField(
                choices=[
                    ("invitations", "invitations to meetings"),
                    ("reminders", "reminders before a meeting"),
                    ("minutes", "what came of meetings"),
                    ("calls", "calls for a helping hand"),
                    ("neighbours", "invitations of neighbours to a community"),
                    ("news", "other letters of the town hall"),
                ],
                max_length=16,
                verbose_name="kind of letters",
            ),
        ),
        migrations.CreateModel(
            name="NeighbourInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(editable=False, max_length=64)),
                ("shown_as", models.CharField(blank=True, max_length=80, verbose_name="name shown")),
                ("is_sent", models.BooleanField(default=False, verbose_name="a letter left")),
                ("invited_at", models.DateTimeField(verbose_name="on")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="neighbour_invitations",
                        to="communities.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "invited",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="invited_by_neighbours",
                        to="communities.resident",
                        verbose_name="invited",
                    ),
                ),
                (
                    "inviter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="neighbours_invited",
                        to="communities.resident",
                        verbose_name="invited by",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation of a neighbour",
                "verbose_name_plural": "invitations of neighbours",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_sent", True)),
                        fields=("community", "fingerprint"),
                        name="an_address_is_invited_once_to_a_community",
                    )
                ],
            },
        ),
    ]

"""Two records of one person become one, and so do their two invitations: the link of either answers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0021_meetings_keep_figures_of_those_who_came"),
    ]

    operations = [
        migrations.CreateModel(
            name="JoinedInvitation",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="joined", to="meetings.invitation"
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation joined to another",
                "verbose_name_plural": "invitations joined to others",
            },
        ),
    ]

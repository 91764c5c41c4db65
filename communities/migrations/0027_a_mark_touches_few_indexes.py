import datetime
from typing import Any

from django.db import migrations, models
from django.db.models.functions import Coalesce

UNASKED = models.Q(counts_as_unasked=True, digest__isnull=True, state__in=["pending", "sent"])
NOT_YET = models.Value(datetime.datetime(9999, 1, 1, tzinfo=datetime.UTC))
WAITS = models.Q(state="pending", ended_at__isnull=True)
ENDED = ~models.Q(state="pending") & models.Q(ended_at__isnull=False)


def what_waits_has_not_ended(apps: Any, schema_editor: Any) -> None:
    apps.get_model("communities", "Delivery").objects.filter(state="pending").update(ended_at=None)


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0026_links_know_an_address"),
    ]

    operations = [
        migrations.RemoveConstraint("delivery", "an_ended_delivery_says_when"),
        migrations.RemoveIndex("delivery", "letters_nobody_asked_for"),
        migrations.RemoveIndex("delivery", "letters_kept_for_a_weekly_one"),
        migrations.RemoveIndex("delivery", "letters_told_by_a_weekly_one"),
        migrations.RemoveIndex("delivery", "letters_handed_over_late"),
        migrations.RunPython(what_waits_has_not_ended, migrations.RunPython.noop),
        # PostgreSQL checks what was written in this transaction before a table is altered again.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddIndex(
            "delivery",
            models.Index("resident", Coalesce("ended_at", NOT_YET), condition=UNASKED, name="letters_nobody_asked_for"),
        ),
        migrations.AddIndex(
            "delivery",
            models.Index(
                fields=["digest", "resident"],
                condition=models.Q(state="held") | models.Q(digest__isnull=False),
                name="letters_of_weekly_ones",
            ),
        ),
        migrations.AddConstraint(
            "delivery", models.CheckConstraint(condition=WAITS | ENDED, name="an_ended_delivery_says_when")
        ),
    ]

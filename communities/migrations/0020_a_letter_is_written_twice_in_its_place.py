"""A letter's row changes twice: claimed, then marked. Room in its page and one index less make both cheaper."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0019_a_provider_calls_letters_its_own_way"),
    ]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="mailing",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="communities.mailing",
                verbose_name="mailing",
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE communities_delivery SET (fillfactor = 50)",
            "ALTER TABLE communities_delivery RESET (fillfactor)",
        ),
    ]

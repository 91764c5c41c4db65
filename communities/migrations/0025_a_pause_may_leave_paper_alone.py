from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0024_erasing_locks_nobody_out"),
    ]

    operations = [
        migrations.AddField(
            model_name="mailing",
            name="only_what_travels",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "paused"), ("only_what_travels", False), _connector="OR"),
                name="only_a_pause_spares_paper",
            ),
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0012_a_stranger_may_ask_to_wait"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="let_in_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who seated them beyond the seats or before those who wait; nobody, as a rule.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="let in by",
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    """An answer given for an earlier date is kept, and does not count."""

    dependencies = [("meetings", "0014_an_invitation_may_be_withdrawn")]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="outdated_by",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="asked again by sequence"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_current", False), ("outdated_by", None), _connector="OR"),
                name="an_answer_for_an_earlier_date_does_not_count",
            ),
        ),
    ]

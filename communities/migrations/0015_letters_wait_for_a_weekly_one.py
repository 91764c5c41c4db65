import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0014_residents_say_when_and_of_what"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="delivery",
            name="a_letter_that_did_not_leave_says_why",
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "waiting"),
                    ("held", "kept for the weekly letter"),
                    ("sent", "sent"),
                    ("failed", "failed"),
                    ("skipped", "not sent"),
                ],
                default="pending",
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["held", "failed", "skipped"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_letter_that_did_not_leave_says_why",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="counts_as_unasked",
            field=models.BooleanField(default=False, editable=False, verbose_name="not asked for"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="digest",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="tells",
                to="communities.delivery",
                verbose_name="told by the weekly letter",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(
                    ("counts_as_unasked", True), ("digest__isnull", True), ("state__in", ["pending", "sent"])
                ),
                fields=["resident", "ended_at"],
                name="letters_nobody_asked_for",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "held")), fields=["resident"], name="letters_kept_for_a_weekly_one"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("digest__isnull", False)), fields=["digest"], name="letters_told_by_a_weekly_one"
            ),
        ),
    ]

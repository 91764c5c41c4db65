"""Each line of a work day goes to the accounts once; which entry came of it is kept."""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
CREATE FUNCTION a_credit_is_only_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.taken_back_at IS NULL
        AND to_jsonb(NEW) - 'taken_back_at' = to_jsonb(OLD) - 'taken_back_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what a work day brought to the accounts is kept'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_credit_is_only_taken_back';
END
$$;
CREATE TRIGGER a_credit_is_only_taken_back BEFORE UPDATE OR DELETE ON engagement_credit
    FOR EACH ROW EXECUTE FUNCTION a_credit_is_only_taken_back();
"""
LET_GO = """
DROP TRIGGER a_credit_is_only_taken_back ON engagement_credit;
DROP FUNCTION a_credit_is_only_taken_back();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0033_what_was_brought_besides"),
    ]

    operations = [
        migrations.CreateModel(
            name="Credit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=120, verbose_name="line")),
                ("made_at", models.DateTimeField(verbose_name="written on")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back on")),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_day_credit",
                        to="engagement.ledgerentry",
                        verbose_name="entry",
                    ),
                ),
                (
                    "work_day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="engagement.workday",
                        verbose_name="work day",
                    ),
                ),
            ],
            options={
                "verbose_name": "work day in the accounts",
                "verbose_name_plural": "work days in the accounts",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=("work_day", "line"),
                        name="each_line_of_a_work_day_is_in_the_accounts_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]

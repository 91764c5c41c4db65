import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0032_members_invite_their_neighbours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="resident",
            name="heard_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="last heard of, in what is no longer kept"
            ),
        ),
        migrations.CreateModel(
            name="RetentionPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=40, verbose_name="what")),
                ("length", models.PositiveSmallIntegerField(verbose_name="kept for")),
                (
                    "unit",
                    models.CharField(
                        choices=[("days", "days"), ("months", "months")],
                        default="months",
                        max_length=8,
                        verbose_name="days or months",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="in force from")),
                ("source", models.CharField(max_length=255, verbose_name="source")),
                ("changed_at", models.DateTimeField(verbose_name="written on")),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "period",
                "verbose_name_plural": "periods",
                "ordering": ["rule", "-from_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RetentionRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=40, verbose_name="what")),
                ("ran_on", models.DateField(verbose_name="night of")),
                ("number", models.PositiveIntegerField(default=0, verbose_name="how many went")),
                ("last_at", models.DateTimeField(verbose_name="at")),
                (
                    "handed_over_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="handed to the archives on"),
                ),
                (
                    "handed_over_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handed over by",
                    ),
                ),
            ],
            options={
                "verbose_name": "night",
                "verbose_name_plural": "nights",
                "ordering": ["-ran_on", "rule"],
            },
        ),
        migrations.CreateModel(
            name="ArchivedRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facts", models.JSONField(verbose_name="facts")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="communities.retentionrun",
                        verbose_name="night",
                    ),
                ),
            ],
            options={
                "verbose_name": "record for the archives",
                "verbose_name_plural": "records for the archives",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="KeepingQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(verbose_name="asked on")),
                ("kept_at", models.DateTimeField(blank=True, null=True, verbose_name="said to be kept on")),
                (
                    "resident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keeping_question",
                        to="communities.resident",
                        verbose_name="resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "question whether to keep someone",
                "verbose_name_plural": "questions whether to keep someone",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kept_at__isnull", True), ("kept_at__gte", models.F("asked_at")), _connector="OR"
                        ),
                        name="asked_before_it_is_answered",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=40, verbose_name="what")),
                ("runs", models.BooleanField(verbose_name="goes each night")),
                ("number_seen", models.PositiveIntegerField(default=0, verbose_name="how many would have gone")),
                ("reason", models.CharField(blank=True, max_length=255, verbose_name="reason")),
                ("decided_at", models.DateTimeField(verbose_name="decided on")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["rule", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("runs", False), ("decided_by__isnull", False), _connector="OR"),
                        name="only_a_person_lets_things_go",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="a_rule_that_stops_by_itself_says_why",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="retentionrun",
            constraint=models.UniqueConstraint(fields=("rule", "ran_on"), name="one_run_per_rule_and_night"),
        ),
        migrations.AddConstraint(
            model_name="retentionrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handed_over_at__isnull", True), ("handed_over_by__isnull", True)),
                    models.Q(("handed_over_at__isnull", False), ("handed_over_by__isnull", False)),
                    _connector="OR",
                ),
                name="what_was_handed_over_says_by_whom",
            ),
        ),
    ]

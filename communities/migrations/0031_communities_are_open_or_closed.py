"""A closed community is asked, and someone answers; a member may ask to coordinate."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0029_residents_come_into_their_space"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="community",
            name="is_closed",
            field=models.BooleanField(
                default=False,
                help_text="A coordinator or the town hall says yes to each new member. Its page and its meetings stay public.",
                verbose_name="closed: one asks to enter",
            ),
        ),
        migrations.AddField(
            model_name="community",
            name="work_days_need_approval",
            field=models.BooleanField(
                default=True,
                help_text="Untick to let its coordinators publish their work days themselves.",
                verbose_name="the town hall approves its work days",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="shown_as",
            field=models.CharField(
                blank=True,
                help_text="Without it, the first name and an initial.",
                max_length=80,
                verbose_name="name shown to the others",
            ),
        ),
        migrations.AddField(
            model_name="signup",
            name="words",
            field=models.TextField(blank=True, max_length=1000, verbose_name="in their words"),
        ),
        migrations.CreateModel(
            name="MembershipRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("member", "member"),
                            ("coordinator", "coordinator"),
                            ("liaison", "elected liaison"),
                            ("officer", "officer"),
                        ],
                        default="member",
                        max_length=16,
                        verbose_name="asks to be",
                    ),
                ),
                ("given_name", models.CharField(max_length=160, verbose_name="name given")),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="in their words")),
                ("asked_at", models.DateTimeField(verbose_name="asked on")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "to answer"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "taken back"),
                        ],
                        default="waiting",
                        max_length=16,
                        verbose_name="answer",
                    ),
                ),
                ("reply", models.TextField(blank=True, max_length=1000, verbose_name="words with the answer")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="answered on")),
                (
                    "by_coordinator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="requests_answered",
                        to="communities.resident",
                        verbose_name="answered by the coordinator",
                    ),
                ),
                (
                    "by_staff",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="communities.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="membership_requests",
                        to="communities.resident",
                        verbose_name="resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "request to take part",
                "verbose_name_plural": "requests to take part",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "waiting")),
                        fields=("community", "resident"),
                        name="one_open_request_per_community_and_resident",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("outcome", "waiting")),
                            models.Q(models.Q(("outcome", "waiting"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_answered_request_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by_staff__isnull", True), ("by_coordinator__isnull", True), _connector="OR"
                        ),
                        name="a_request_is_answered_by_one_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["member", "coordinator"])),
                        name="one_asks_to_enter_or_to_coordinate",
                    ),
                ],
            },
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

STANDING = Q(state__in=["waiting", "offered"])


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0010_what_calendars_answer_is_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="WaitingPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("guests", models.PositiveSmallIntegerField(default=0, verbose_name="people they bring")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits"),
                            ("offered", "a seat is offered"),
                            ("seated", "has a seat"),
                            ("left", "left the list"),
                            ("lapsed", "let the offer pass"),
                            ("overtaken", "the meeting came first"),
                        ],
                        default="waiting",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked on")),
                ("offered_at", models.DateTimeField(blank=True, null=True, verbose_name="offered on")),
                ("offered_until", models.DateTimeField(blank=True, null=True, verbose_name="offered until")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended on")),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waiting_places",
                        to="meetings.invitation",
                        verbose_name="invitation",
                    ),
                ),
            ],
            options={
                "verbose_name": "place on a waiting list",
                "verbose_name_plural": "places on waiting lists",
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=STANDING, fields=("invitation",), name="one_place_in_line_per_invitation"
                    ),
                    models.CheckConstraint(
                        condition=~Q(state="offered") | Q(offered_at__isnull=False, offered_until__isnull=False),
                        name="an_offered_seat_says_until_when",
                    ),
                    models.CheckConstraint(
                        condition=Q(offered_until__gt=F("offered_at")), name="an_offered_seat_leaves_time_to_answer"
                    ),
                    models.CheckConstraint(
                        condition=(STANDING & Q(ended_at__isnull=True)) | (~STANDING & Q(ended_at__isnull=False)),
                        name="who_waits_no_more_says_since_when",
                    ),
                ],
            },
        ),
    ]

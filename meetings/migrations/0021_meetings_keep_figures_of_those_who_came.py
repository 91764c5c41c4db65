"""Once nobody's name is kept, a meeting that residents were told of still stays where it is, as before (0017)."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

COUNTED = """
CREATE OR REPLACE FUNCTION residents_count_on_this_meeting(meeting integer) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM meetings_meetingpage m
        WHERE m.page_ptr_id = meeting
        AND (
            EXISTS (SELECT 1 FROM meetings_announcement a WHERE a.meeting_id = m.page_ptr_id)
            OR EXISTS (SELECT 1 FROM meetings_invitation i WHERE i.meeting_id = m.page_ptr_id)
            OR EXISTS (SELECT 1 FROM meetings_registration r WHERE r.meeting_id = m.page_ptr_id)
            OR EXISTS (SELECT 1 FROM meetings_meetingturnout t WHERE t.meeting_id = m.page_ptr_id)
        )
        AND (
            m.status <> 'cancelled'
            OR (
                (
                    EXISTS (SELECT 1 FROM meetings_invitation i WHERE i.meeting_id = m.page_ptr_id)
                    OR EXISTS (
                        SELECT 1 FROM meetings_meetingturnout t WHERE t.meeting_id = m.page_ptr_id AND t.asked > 0
                    )
                )
                AND coalesce(
                    (
                        SELECT a.facts ->> 'status' FROM meetings_announcement a
                        WHERE a.meeting_id = m.page_ptr_id ORDER BY a.sequence DESC LIMIT 1
                    ), ''
                ) <> 'cancelled'
            )
        )
    )
$$;
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION residents_count_on_this_meeting(meeting integer) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM meetings_meetingpage m
        WHERE m.page_ptr_id = meeting
        AND (
            EXISTS (SELECT 1 FROM meetings_announcement a WHERE a.meeting_id = m.page_ptr_id)
            OR EXISTS (SELECT 1 FROM meetings_invitation i WHERE i.meeting_id = m.page_ptr_id)
            OR EXISTS (SELECT 1 FROM meetings_registration r WHERE r.meeting_id = m.page_ptr_id)
        )
        AND (
            m.status <> 'cancelled'
            OR (
                EXISTS (SELECT 1 FROM meetings_invitation i WHERE i.meeting_id = m.page_ptr_id)
                AND coalesce(
                    (
                        SELECT a.facts ->> 'status' FROM meetings_announcement a
                        WHERE a.meeting_id = m.page_ptr_id ORDER BY a.sequence DESC LIMIT 1
                    ), ''
                ) <> 'cancelled'
            )
        )
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0020_mandates"),
    ]

    operations = [
        migrations.CreateModel(
            name="MeetingTurnout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked", models.PositiveIntegerField(verbose_name="residents invited")),
                ("was_announced", models.BooleanField(verbose_name="announced")),
                ("yes", models.PositiveIntegerField(verbose_name="yes")),
                ("no", models.PositiveIntegerField(verbose_name="no")),
                ("maybe", models.PositiveIntegerField(verbose_name="maybe")),
                ("people", models.PositiveIntegerField(verbose_name="people coming")),
                ("by_channel", models.JSONField(default=dict, verbose_name="by means")),
                ("by_neighbourhood", models.JSONField(default=dict, verbose_name="by neighbourhood")),
                ("counted_at", models.DateTimeField(verbose_name="counted on")),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turnout",
                        to="meetings.meetingpage",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "turnout of a meeting",
                "verbose_name_plural": "turnouts of meetings",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "asked__gte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("yes"), "+", models.F("no")
                                    ),
                                    "+",
                                    models.F("maybe"),
                                ),
                            )
                        ),
                        name="nobody_answers_who_was_not_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people__gte", models.F("yes"))),
                        name="whoever_says_yes_comes_at_least_alone",
                    ),
                ],
            },
        ),
        migrations.RunSQL(COUNTED, AS_BEFORE),
    ]

"""A work day at the desk: its addresses, and what a page says."""

from django.urls import reverse

from engagement.models import WorkDay


def at(view, thing, *more):
    meeting = thing.meeting if isinstance(thing, WorkDay) else thing
    return reverse(f"work_days_desk:{view}", args=[meeting.pk, *more])


def words(answer):
    return answer.content.decode()

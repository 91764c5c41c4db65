"""What is left of the work days of whoever is erased? Their plan, without what says who they were."""

from django.db.models import Q
from wagtail.search import index

from communities.folding import Digits
from communities.models import Resident
from communities.residents import digits
from engagement import traces
from engagement.ideas.erasing import erase_page
from engagement.models import Need, Shift, WorkDay
from engagement.models.work_day import WorkDayQuerySet
from meetings.models import Announcement, MeetingPage, Venue

OF_A_WORK_DAY = ("practical", "refusal", "advice")
OF_A_SHIFT = ("role", "skills")
OF_A_LINE = 9
"""The digits of a French telephone, however it begins."""


def unname(resident: Resident) -> None:
    """In what they led or proposed, or where everyone is to call them. A part of a name may be any word of a plan."""
    days = list(of(resident).select_related("meeting"))
    if not days:
        return
    called = {day.leader_shown_as for day in days if day.leader_id == resident.pk}
    named = traces.of(resident, *called, *traces.given_by(resident))
    whole = traces.only_whole(named)
    for day in days:
        unname_plan(day, whole)
        unname_page(MeetingPage.objects.get(pk=day.meeting_id), named, whole)


def of(resident: Resident) -> WorkDayQuerySet:
    theirs, number = Q(leader=resident) | Q(proposed_by=resident), digits(resident.phone)[-OF_A_LINE:]
    if len(number) == OF_A_LINE:
        theirs |= Q(number__endswith=number)
    return WorkDay.objects.alias(number=Digits("meeting__contact_phone")).filter(theirs)


def unname_plan(day: WorkDay, whole: traces.Traces) -> None:
    WorkDay.objects.filter(pk=day.pk).update(**{name: whole.without(getattr(day, name)) for name in OF_A_WORK_DAY})
    for shift in Shift.with_struck.filter(work_day=day):
        told = {name: whole.without(getattr(shift, name)) for name in OF_A_SHIFT}
        Shift.with_struck.filter(pk=shift.pk).update(**{**told, "role": told["role"] or traces.GONE})
    for need in Need.with_struck.filter(work_day=day):
        Need.with_struck.filter(pk=need.pk).update(item=whole.without(need.item) or traces.GONE)


def unname_page(meeting: MeetingPage, named: traces.Traces, whole: traces.Traces) -> None:
    """The page in each of its revisions, and what residents were told of it: so nobody is told that it changed."""
    if meeting.venue:
        unname_place(meeting.venue, whole)
    meeting.contact_name = named.without(meeting.contact_name)
    meeting.contact_phone = whole.without(meeting.contact_phone)
    meeting.body = whole.without(meeting.body)
    erase_page(meeting, whole)
    for revision in meeting.revisions.all():
        revision.content["contact_name"] = named.without(revision.content.get("contact_name", ""))
        revision.save(update_fields=["content"])
    unname_announcements(meeting, whole)


def unname_place(venue: Venue, whole: traces.Traces) -> None:
    """“At so-and-so's”, for whatever else takes place there too."""
    name = whole.without(venue.name) or traces.GONE
    if name == venue.name:
        return
    venue.name = name
    venue.save(update_fields=["name"])
    for meeting in MeetingPage.objects.filter(venue=venue):
        index.insert_or_update_object(meeting)
        unname_announcements(meeting, whole)


def unname_announcements(meeting: MeetingPage, whole: traces.Traces) -> None:
    for announcement in Announcement.objects.filter(meeting=meeting):
        Announcement.objects.filter(pk=announcement.pk).update(facts=whole.without_any(announcement.facts))

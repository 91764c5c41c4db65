"""Meetings, their venues, who was invited and what they answered."""

import datetime as dt
from typing import Any

import factory
import wagtail_factories
from django.utils import timezone

from communities.models import Town
from meetings import facts, registering
from meetings.models import (
    Access,
    AgendaItem,
    Announcement,
    Answer,
    AnswerChannel,
    CalendarKey,
    Choice,
    Invitation,
    InvitationOrigin,
    MeetingIndexPage,
    MeetingPage,
    MeetingStatus,
    Registration,
    Venue,
    WaitingPlace,
    WaitingState,
)
from tests.factories import home_page

RESIDENT = "tests.communities.factories.ResidentFactory"


def evening(*, in_days: int) -> dt.datetime:
    """Half past six in the evening, that many days from now."""
    day = timezone.localdate() + dt.timedelta(days=in_days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(18, 30)))


def open_a_mailbox() -> None:
    """The town hall reads its mail, so that meetings can be announced."""
    Town.load()
    Town.objects.filter(email="").update(email="mairie@example.org")


def meeting_index() -> MeetingIndexPage:
    """The list of meetings of a town that can announce them."""
    home_page()
    open_a_mailbox()
    return MeetingIndexPage.objects.get()


class VenueFactory(factory.django.DjangoModelFactory):
    """A hall whose access nobody checked yet."""

    name = factory.Sequence("Salle du Chevalet {}".format)
    street = "1 rue du Terril"
    postcode = "62000"
    city = "Fosse-les-Briques"

    class Meta:
        model = Venue

    class Params:
        accessible = factory.Trait(**dict.fromkeys(Venue.ACCESS_FIELDS, Access.YES))
        park = factory.Trait(name=factory.Sequence("Parc {}".format), is_shared=True)


class MeetingPageFactory(wagtail_factories.PageFactory):
    """A confirmed meeting in ten days, live below the list of meetings, each in a venue of its own.

    `communities` and `neighbourhoods` take lists.
    """

    parent = factory.LazyFunction(meeting_index)
    title = factory.Sequence("Réunion du coron {}".format)
    summary = "Ce que deviendra le coron, et qui fait quoi."
    starts_at = factory.LazyFunction(lambda: evening(in_days=10))
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + dt.timedelta(minutes=90))
    venue = factory.SubFactory(VenueFactory)
    first_published_at = factory.LazyFunction(timezone.now)
    last_published_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = MeetingPage
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(live=False, has_unpublished_changes=True, first_published_at=None, last_published_at=None)
        empty = factory.Trait(starts_at=None, ends_at=None, venue=None)
        past = factory.Trait(starts_at=factory.LazyFunction(lambda: evening(in_days=-10)))
        today = factory.Trait(starts_at=factory.LazyFunction(lambda: evening(in_days=0)))
        planned = factory.Trait(status=MeetingStatus.PLANNED)
        postponed = factory.Trait(status=MeetingStatus.POSTPONED, status_reason="La salle est inondée.")
        cancelled = factory.Trait(status=MeetingStatus.CANCELLED, status_reason="La salle est inondée.")
        held = factory.Trait(past=True, status=MeetingStatus.HELD)
        nudging = factory.Trait(nudges_the_silent=True)
        online_only = factory.Trait(venue=None, online_link="https://visio.example.org/coron")
        online = factory.Trait(online_link="https://visio.example.org/coron")

    @factory.post_generation
    def agenda(self: Any, create: bool, points: list[str] | None, **kwargs: object) -> None:
        """MeetingPageFactory(agenda=["Accueil", "Le budget"])."""
        for order, point in enumerate(points or []):
            AgendaItem.objects.create(meeting=self, title=point, minutes=15, sort_order=order)


class AnnouncementFactory(factory.django.DjangoModelFactory):
    """What residents were told first: the facts as they are published."""

    meeting = factory.SubFactory(MeetingPageFactory)
    sequence = 0
    facts = factory.LazyAttribute(lambda told: facts.of(meeting=told.meeting, sequence=told.sequence).as_json())
    announced_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Announcement


class InvitationFactory(factory.django.DjangoModelFactory):
    """A resident who was invited and has not answered."""

    meeting = factory.SubFactory(MeetingPageFactory)
    resident = factory.SubFactory(RESIDENT)
    sequence = 0
    created_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Invitation

    class Params:
        registered = factory.Trait(origin=InvitationOrigin.REGISTRATION, sequence=None)
        written_down = factory.Trait(origin=InvitationOrigin.STAFF, sequence=None)


class AnswerFactory(factory.django.DjangoModelFactory):
    """A yes by the link in the letter; earlier answers of the same invitation must be given `is_current=False`."""

    invitation = factory.SubFactory(InvitationFactory)
    choice = Choice.YES
    guests = 0
    channel = AnswerChannel.MAIL
    answered_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Answer

    class Params:
        no = factory.Trait(choice=Choice.NO)
        maybe = factory.Trait(choice=Choice.MAYBE)
        by_phone = factory.Trait(channel=AnswerChannel.PHONE)
        on_paper = factory.Trait(channel=AnswerChannel.PAPER)
        replaced = factory.Trait(is_current=False)


class WaitingPlaceFactory(factory.django.DjangoModelFactory):
    """Someone who waits for a seat since now."""

    invitation = factory.SubFactory(InvitationFactory)
    asked_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = WaitingPlace

    class Params:
        offered = factory.Trait(
            state=WaitingState.OFFERED,
            offered_at=factory.LazyFunction(timezone.now),
            offered_until=factory.LazyFunction(lambda: timezone.now() + dt.timedelta(hours=24)),
        )
        left = factory.Trait(state=WaitingState.LEFT, ended_at=factory.LazyFunction(timezone.now))
        lapsed = factory.Trait(state=WaitingState.LAPSED, ended_at=factory.LazyFunction(timezone.now))


class RegistrationFactory(factory.django.DjangoModelFactory):
    """Someone who was not invited and has not pressed the letter's button yet; the seat is held two days."""

    meeting = factory.SubFactory(MeetingPageFactory)
    resident = factory.SubFactory(RESIDENT)
    given_name = "Inès Briquette"
    created_at = factory.LazyFunction(timezone.now)
    held_until = factory.LazyAttribute(lambda registration: registration.created_at + registering.HELD_FOR)

    class Meta:
        model = Registration

    class Params:
        confirmed = factory.Trait(confirmed_at=factory.LazyFunction(timezone.now))
        forgotten = factory.Trait(held_until=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(hours=1)))


class CalendarKeyFactory(factory.django.DjangoModelFactory):
    """A calendar of one's own, open."""

    resident = factory.SubFactory(RESIDENT)
    secret = factory.Sequence("{:032x}".format)
    created_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = CalendarKey

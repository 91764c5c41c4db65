"""Who counts on this meeting taking place, and must hear of what changes whatever else they allowed?"""

from collections.abc import Collection

from communities.models import alike
from meetings.models import Answer, Choice, Invitation, InvitationOrigin, MeetingPage, WaitingPlace


def last_words(*, meeting: MeetingPage, residents: Collection[int] | None = None) -> dict[int, str]:
    """The last answer of each resident (by pk), also one for an earlier date; in one query."""
    answers = Answer.objects.filter(invitation__meeting=meeting).order_by("pk")
    if residents is not None:
        answers = answers.filter(alike.one_of("invitation__resident", residents))
    return dict(answers.values_list("invitation__resident", "choice"))


def residents(*, meeting: MeetingPage, among: Collection[int] | None = None) -> set[int]:
    """Those who said yes or maybe, or wait for a seat, and those who came by themselves or were written down and said
    nothing since.
    """
    said = last_words(meeting=meeting, residents=among)
    by_themselves = Invitation.objects.filter(meeting=meeting).exclude(origin=InvitationOrigin.AUDIENCE)
    if among is not None:
        by_themselves = by_themselves.filter(alike.one_of("resident", among))
    asked_for = {who for who in by_themselves.values_list("resident_id", flat=True) if who not in said}
    coming = {who for who, choice in said.items() if choice != Choice.NO}
    return asked_for | coming | in_line(meeting=meeting, among=among)


def in_line(*, meeting: MeetingPage, among: Collection[int] | None = None) -> set[int]:
    """Those who wait for a seat, or to whom one is offered; in one query."""
    places = WaitingPlace.objects.standing().filter(invitation__meeting=meeting)
    if among is not None:
        places = places.filter(alike.one_of("invitation__resident", among))
    return set(places.values_list("invitation__resident", flat=True))

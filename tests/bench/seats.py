"""Two hundred people answer at once for fifty seats, with none to three guests: is anyone seated twice, or lost?"""

import time
from concurrent.futures import ThreadPoolExecutor
from random import Random

from django.db import connection
from django.test import Client
from django.urls import reverse

from meetings import rsvp
from meetings.models import Answer, Invitation, WaitingPlace
from tests.bench.figures import Figure
from tests.meetings.factories import InvitationFactory, MeetingPageFactory

# The embedded PostgreSQL takes a hundred connections: eighty answers are under way at any moment.
PEOPLE, SEATS, AT_ONCE = 200, 50, 80


def measure() -> list[Figure]:
    """Through the page that their letters open, on a PostgreSQL that forgets nothing."""
    meeting = MeetingPageFactory(capacity=SEATS)
    invitations = [InvitationFactory(meeting=meeting) for _each in range(PEOPLE)]
    guests = Random(SEATS).choices(range(4), k=PEOPLE)
    everyone = list(zip(invitations, guests, strict=True))
    started = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        shares = [everyone[first::AT_ONCE] for first in range(AT_ONCE)]
        answered = [took for share in pool.map(answer_in_turn, shares) for took in share]
    seconds = time.perf_counter() - started
    seated = Answer.objects.coming().filter(invitation__meeting=meeting)
    waiting = WaitingPlace.objects.standing().filter(invitation__meeting=meeting)
    note = f"{PEOPLE} people, {SEATS} seats, 0 to 3 guests, {AT_ONCE} at a time; {seated.people()} seated"
    return [
        Figure("people seated beyond the seats", max(0, seated.people() - SEATS), "", note, key="seats_oversold"),
        Figure(
            "answers neither seated nor waiting", PEOPLE - seated.count() - waiting.count(), "", note, key="seats_lost"
        ),
        Figure("answers that met an error", answered.count(False), "", note, key="seats_errors"),
        Figure("answers for few seats", PEOPLE / seconds, "/s", note, key="seat_answers_per_second"),
    ]


def answer_in_turn(share: list[tuple[Invitation, int]]) -> list[bool]:
    """One after the other over one connection, as a server's thread keeps it."""
    try:
        return [answer(invitation, guests) for invitation, guests in share]
    finally:
        connection.close()


def answer(invitation: Invitation, guests: int) -> bool:
    """Whether the button of the page led on."""
    address = reverse("meetings:waiting", args=[rsvp.token_of(invitation)])
    return Client().post(address, {"do": "come", "guests": guests}).status_code == 302

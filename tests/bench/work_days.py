"""Two hundred people sign up at once for twenty places and five wheelbarrows: is anything given twice, or lost?"""

import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from engagement.models import Pledge, Signup, Volunteer
from meetings import rsvp
from tests.bench.figures import Figure
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory
from tests.meetings.factories import InvitationFactory

# The embedded PostgreSQL takes a hundred connections: eighty sign-ups are under way at any moment.
PEOPLE, PLACES, WHEELBARROWS, AT_ONCE = 200, 20, 5, 80
TAKEN, REFUSED = 302, 409


def measure() -> list[Figure]:
    """Through the page that their letters open: a shift and a wheelbarrow each; who finds neither is told so."""
    shift = ShiftFactory(places=PLACES)
    need = NeedFactory(work_day=shift.work_day, quantity=WHEELBARROWS)
    tokens = [rsvp.token_of(InvitationFactory(meeting=shift.work_day.meeting)) for _each in range(PEOPLE)]
    wishes = [{"shift": shift.pk, **({"item": need.pk} if each % 2 else {})} for each in range(PEOPLE)]
    everyone = list(zip(tokens, wishes, strict=True))
    started = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        shares = [everyone[first::AT_ONCE] for first in range(AT_ONCE)]
        told = [status for share in pool.map(sign_up_in_turn, shares) for status in share]
    seconds = time.perf_counter() - started
    people = Signup.objects.coming().people()
    pledged = Pledge.objects.aggregate(total=Sum("quantity"))["total"] or 0
    note = f"{PEOPLE} people, {PLACES} places, {WHEELBARROWS} wheelbarrows, {AT_ONCE} at a time; {people} come"
    lost = told.count(TAKEN) - Volunteer.objects.coming().count()
    return [
        Figure("people beyond the places of a shift", max(0, people - PLACES), "", note, key="shift_oversold"),
        Figure("wheelbarrows beyond those needed", max(0, pledged - WHEELBARROWS), "", note, key="needs_oversold"),
        Figure("places left free", PLACES - people, "", note, key="shift_left_free"),
        Figure("sign-ups taken and not there", lost, "", note, key="signups_lost"),
        Figure(
            "sign-ups that met an error",
            sum(status not in (TAKEN, REFUSED) for status in told),
            "",
            note,
            key="signups_errors",
        ),
        Figure("sign-ups for few places", PEOPLE / seconds, "/s", note, key="signups_per_second"),
    ]


def sign_up_in_turn(share: list[tuple[str, dict[str, int]]]) -> list[int]:
    """One after the other over one connection, as a server's thread keeps it."""
    try:
        return [sign_up(token, wish) for token, wish in share]
    finally:
        connection.close()


def sign_up(token: str, wish: dict[str, int]) -> int:
    """What the page answered."""
    address = reverse("engagement:work_day_choose", args=[token])
    return Client().post(address, wish).status_code

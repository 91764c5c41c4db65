"""From *Send* to the last letter accepted by the relay: how many a second, beside bare smtplib and the usual way?"""

import os
import time

from meetings.models import Invitation
from tests.bench import bare, naive, town
from tests.bench.figures import Figure

RESIDENTS = 6500
NAIVELY = 400
ROUNDS = 3
# Two a core: each waits a while for PostgreSQL to have a mark on the disk.
PROCESSES = 2 * (os.cpu_count() or 1)
LINES = 2


def measure() -> list[Figure]:
    """Rounds alternate, so that a noisy neighbour disturbs all alike; the best of each is kept, the worst start too."""
    invited, pushed, naively = [], [], []
    with town.sink() as relay:
        community = town.community_of(RESIDENTS)
        for _round in range(ROUNDS):
            with town.worker(processes=PROCESSES):
                town.warm(relay)
                invited.append(town.invite(community, relay=relay, residents=RESIDENTS))
            pushed.append(bare.push(port=relay.port, letters=RESIDENTS, lines=LINES, data=town.an_invitation()))
            naively.append(invite_naively(relay))
    ours, limit, usual = RESIDENTS / best(invited), RESIDENTS / min(pushed), NAIVELY / min(naively)
    note = f"{RESIDENTS} residents, best of {ROUNDS}"
    first = max(each.first for each in invited)
    return [
        Figure(f"invitations, click to last mark, {PROCESSES} processes", ours, "/s", note, "letters_per_second"),
        Figure(f"bare smtplib, {LINES} kept lines, the same bytes", limit, "/s", note, "bare_smtp_per_second"),
        Figure("ours beside bare smtplib", ours / limit, "", note, "invitations_vs_bare_smtp"),
        Figure(
            "one task and one line a letter, all built in it", usual, "/s", f"{NAIVELY} letters", "naive_per_second"
        ),
        Figure("ours beside that", ours / usual, "x", note, "invitations_vs_naive"),
        Figure("first letter in the relay after the click", first, "s", f"worst of {ROUNDS}", "first_letter_seconds"),
    ]


def best(invited: list[town.Invited]) -> float:
    return min(each.last for each in invited)


def invite_naively(relay: town.Sink) -> float:
    """Seconds from the first task to the last letter, by the same number of processes; nobody is announced to."""
    invitations = list(Invitation.objects.order_by("-pk").values_list("pk", flat=True)[:NAIVELY])
    with town.worker(processes=PROCESSES, queues=naive.QUEUE, include="tests.bench.naive"):
        already, started = relay.taken(), time.perf_counter()
        for pk in invitations:
            naive.invite.apply_async(kwargs={"invitation_id": pk}, queue=naive.QUEUE)
        town.wait_until(lambda: relay.taken() >= already + NAIVELY)
        return time.perf_counter() - started

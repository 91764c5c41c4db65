"""A whole town to write to, a relay that says yes at once, and somebody who counts."""

import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils import timezone

from communities.models import Community, Delivery, DeliveryState
from communities.post.preparing import Workshop
from meetings import announcing
from meetings.models import MeetingPage
from tests import carrier
from tests.communities import crowds
from tests.meetings.factories import MeetingPageFactory

# Often enough for hundredths of a second; asking costs the machine too.
POLL = 0.01
NEIGHBOURS = 500


@dataclass(frozen=True)
class Invited:
    """In seconds since the click: its page, the first letter in the relay, the last one there and marked."""

    page: float
    first: float
    last: float


class Sink:
    """The relay, asked how many letters it took."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.line = smtplib.SMTP("127.0.0.1", port)

    def taken(self) -> int:
        _code, count = self.line.noop()
        return int(count)


@contextmanager
def sink() -> Iterator[Sink]:
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.sink"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        relay = Sink(int(process.stdout.readline()))
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", relay.port
        with relay.line:
            yield relay
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@contextmanager
def worker(*, processes: int, **terms: str) -> Iterator[carrier.Worker]:
    with TemporaryDirectory() as folder:
        worker = carrier.Worker(Path(folder) / "worker.log", processes=processes, **terms)
        worker.start()
        try:
            yield worker
        finally:
            worker.stop()


def community_of(residents: int) -> Community:
    """One for each size; made once."""
    name = f"bourg-{residents}"
    community = Community.objects.filter(name=name).first()
    if community is None:
        community = crowds.gather(residents, name=name)
    return community


def meeting_of(community: Community) -> MeetingPage:
    """A published meeting that concerns them all, and that nobody was told of."""
    number = MeetingPage.objects.count() + 1
    return MeetingPageFactory(title=f"Réunion publique n° {number} : la place et le marché", communities=[community])


def invite(community: Community, *, relay: Sink, residents: int) -> Invited:
    """From the rule that *Send* calls to the last letter in the relay and marked; a worker must be there."""
    meeting, already = meeting_of(community), relay.taken()
    started = time.perf_counter()
    page = click(meeting)
    wait_until(lambda: relay.taken() > already)
    first = time.perf_counter() - started
    wait_until(lambda: relay.taken() >= already + residents)
    wait_until(lambda: not Delivery.objects.pending().exists())
    return Invited(page=page, first=first, last=time.perf_counter() - started)


def warm(relay: Sink) -> None:
    """A town's worker has been there for days: its processes have compiled, connected and imported.

    Neighbours whom nobody has written to: there are only so many letters that one is sent unasked.
    """
    neighbours = crowds.gather(NEIGHBOURS, name=f"voisins-{Community.objects.count()}")
    for _each in range(2):
        invite(neighbours, relay=relay, residents=NEIGHBOURS)


def click(meeting: MeetingPage) -> float:
    """Seconds that the rule behind *Send* takes: audience, invitations, deliveries, in one transaction."""
    started = time.perf_counter()
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    return time.perf_counter() - started


def wait_until(done: Callable[[], bool]) -> None:
    while not done():
        time.sleep(POLL)


def an_invitation() -> bytes:
    """One of the letters that left, as it left."""
    delivery = Delivery.objects.filter(state=DeliveryState.SENT).select_related("mailing", "resident").latest("pk")
    ready, _unaddressable = Workshop().prepare(
        mailing=delivery.mailing, language="fr", deliveries=[delivery], now=timezone.now()
    )
    return ready[0].data

"""From *Send* to the last letter accepted by the relay: how many a second, beside bare smtplib in the same run?"""

import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils import timezone

from communities.models import Community, Delivery, DeliveryState
from communities.post.preparing import Workshop
from meetings import announcing
from meetings.models import MeetingPage
from tests import carrier
from tests.bench.figures import Figure
from tests.communities import crowds
from tests.meetings.factories import MeetingPageFactory

RESIDENTS = 5000
ROUNDS = 3


def measure() -> list[Figure]:
    """Rounds alternate, so that a noisy neighbour disturbs both alike; the best of each is kept."""
    ours, bare = [], []
    with sink() as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        for _round in range(ROUNDS):
            ours.append(RESIDENTS / invite_a_town(port))
            bare.append(RESIDENTS / post_by_smtplib(port, an_invitation()))
    note = f"{RESIDENTS} residents, best of {ROUNDS}"
    return [
        Figure("letters, Send to last accepted, 1 worker process", max(ours), "/s", note, "letters_per_second"),
        Figure("bare smtplib, one kept connection, prebuilt bytes", max(bare), "/s", note, "bare_smtp_per_second"),
        Figure("ours beside bare smtplib", 100 * max(ours) / max(bare), "%", note),
    ]


@contextmanager
def sink() -> Iterator[int]:
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.sink"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def invite_a_town(port: int) -> float:
    """Seconds from the rule that *Send* calls to the last letter in the sink and marked."""
    meeting = meeting_for_the_town()
    with TemporaryDirectory() as folder, smtplib.SMTP("127.0.0.1", port) as line:
        worker = carrier.Worker(Path(folder) / "worker.log", processes=1)
        worker.start()
        already = taken(line)
        started = time.perf_counter()
        announcing.announce(meeting=meeting, by=None, now=timezone.now())
        while taken(line) < already + RESIDENTS:
            time.sleep(0.005)
        seconds = time.perf_counter() - started
        worker.stop()
    assert Delivery.objects.filter(state=DeliveryState.PENDING).count() == 0
    return seconds


def taken(line: smtplib.SMTP) -> int:
    _code, count = line.noop()
    return int(count)


def post_by_smtplib(port: int, data: bytes) -> float:
    """Seconds to send as many ready bytes, by the standard library's own means."""
    with smtplib.SMTP("127.0.0.1", port) as line:
        started = time.perf_counter()
        for number in range(RESIDENTS):
            line.sendmail("mairie@example.org", f"resident-{number}@example.org", data)
        return time.perf_counter() - started


def an_invitation() -> bytes:
    """One of the letters that left, as it left."""
    delivery = Delivery.objects.filter(state=DeliveryState.SENT).select_related("mailing", "resident").latest("pk")
    ready, _unaddressable = Workshop().prepare(
        mailing=delivery.mailing, language="fr", deliveries=[delivery], now=timezone.now()
    )
    return ready[0].data


def meeting_for_the_town() -> MeetingPage:
    """A published meeting of a community that is the whole town."""
    community = Community.objects.first() or crowds.gather(RESIDENTS)
    number = MeetingPage.objects.count() + 1
    return MeetingPageFactory(title=f"Réunion publique n° {number} : la place et le marché", communities=[community])

"""Twenty workers killed, Redis twice, PostgreSQL once, a relay on its worst day: what was lost, what came twice?"""

import contextlib
import itertools
import json
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DatabaseError, connection
from django.utils import timezone

from communities.models import Delivery, DeliveryState
from communities.post import claiming
from meetings import announcing
from tests import carrier
from tests.chaos.servers import Servers
from tests.communities import crowds
from tests.meetings.factories import MeetingPageFactory

WORKERS = 4
AT_MOST = 900.0
IDENTITY = ("message_id", "uid", "sequence")


@dataclass
class Storm:
    """What was done to whom, in the order in which letters arrived."""

    town: Servers
    log: Path
    letters: int
    workers: list[carrier.Worker] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(50))
    killed: int = 0
    database_restarts: int = 0
    redis_restarts: int = 0

    def arrived(self) -> int:
        return self.log.read_bytes().count(b"\n") if self.log.exists() else 0

    def kill_a_worker(self) -> None:
        """One of those at work, at a moment of nobody's choosing; the next one starts at once."""
        time.sleep(self.chance.random() / 4)
        worker = self.chance.choice([worker for worker in self.workers if worker.is_ready()])
        worker.kill()
        self.killed += 1
        worker.begin()

    def has_workers(self) -> bool:
        return any(worker.is_ready() for worker in self.workers)

    def kill_redis(self) -> None:
        self.town.kill_redis()
        self.redis_restarts += 1

    def kill_postgres(self) -> None:
        self.town.kill_postgres()
        self.database_restarts += 1


def blow(town: Servers, log: Path, *, letters: int, kills: int) -> dict[str, float]:
    """Invite so many residents through it, to the last mark; figures of what happened."""
    meeting = MeetingPageFactory(communities=[crowds.gather(letters)])
    storm = Storm(town=town, log=log, letters=letters)
    storm.workers = [carrier.Worker(town.temporary / f"worker{number}.log", processes=1) for number in range(WORKERS)]
    started = time.monotonic()
    try:
        for worker in storm.workers:
            worker.begin()
        announcing.announce(meeting=meeting, by=None, now=timezone.now())
        live_through(storm, kills=kills)
    finally:
        for worker in storm.workers:
            worker.kill()
    return tell(storm, seconds=time.monotonic() - started)


def live_through(storm: Storm, *, kills: int) -> None:
    """Each blow falls once so many letters have arrived; between them, time passes quicker than outside."""
    blows = [storm.kill_a_worker] * kills
    for place, server in ((0.2, storm.kill_redis), (0.45, storm.kill_postgres), (0.7, storm.kill_redis)):
        blows.insert(int(place * len(blows)), server)
    marks = [storm.letters * (number + 1) // (len(blows) + 2) for number in range(len(blows))]
    deadline = time.monotonic() + AT_MOST
    for tick in itertools.count():
        assert time.monotonic() < deadline, Counter(Delivery.objects.values_list("state", flat=True))
        if marks and storm.arrived() >= marks[0] and storm.has_workers():
            marks.pop(0)
            blows.pop(0)()
        if tick % 4 == 0 and let_time_pass() == 0 and not marks:
            return
        time.sleep(0.25)


def let_time_pass() -> int:
    """What the clock brings sooner or later: the hour of a retry, and the minute of the sweep. How many wait."""
    try:
        now = timezone.now()
        waiting = Delivery.objects.pending()
        waiting.filter(claim=None, next_attempt_at__gt=now).update(next_attempt_at=now)
        claiming.sweep(now=now)
        return waiting.count()
    except DatabaseError:
        with contextlib.suppress(DatabaseError):
            connection.close()
        return -1


def tell(storm: Storm, *, seconds: float) -> dict[str, float]:
    letters = [json.loads(line) for line in storm.log.read_text().splitlines()]
    copies: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for letter in letters:
        copies[letter["to"]].append(tuple(letter[name] for name in IDENTITY))
    moods = Counter(letter["mood"] for letter in letters)
    answers_lost = moods["drop after"] + moods["hang after"]
    duplicates = len(letters) - len(copies)
    bound = storm.killed + storm.database_restarts * WORKERS + answers_lost
    alike = all(len(set(seen)) == 1 and all(seen[0]) for seen in copies.values())
    sent = Delivery.objects.filter(state=DeliveryState.SENT).count()
    return {
        "letters": storm.letters,
        "kills": storm.killed,
        "redis_restarts": storm.redis_restarts,
        "database_restarts": storm.database_restarts,
        "answers_lost": answers_lost,
        "lost": storm.letters - min(sent, len(copies)),
        "duplicates": duplicates,
        "duplicates_allowed": bound,
        "copies_alike": int(alike),
        "seconds": round(seconds, 1),
    }

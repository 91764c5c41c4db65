"""Does a letter cost the same among a thousand and among a hundred thousand, and how large does a worker grow?"""

import os
from pathlib import Path

from communities.models import Delivery
from tests import carrier
from tests.bench import town
from tests.bench.figures import Figure

SIZES = [1_000, 10_000, 100_000]
PROCESSES = 1 + (os.cpu_count() or 1)
TICKS = os.sysconf("SC_CLK_TCK")


def measure() -> list[Figure]:
    """Cost is processor time of the workers and of PostgreSQL, which neighbours disturb less than they do clocks."""
    costs, grown, page = [], 0.0, 0.0
    with town.sink() as relay:
        for size in SIZES:
            community = town.community_of(size)
            with town.worker(processes=PROCESSES) as worker:
                town.warm(relay)
                resting, before = memory(worker), seconds_spent(worker)
                town.invite(community, relay=relay, residents=size)
                costs.append((seconds_spent(worker) - before) / size * 1e6)
                grown = max(grown, memory(worker) - resting)
        page = page_of(50_000, relay)
    each = ", ".join(f"{cost:.0f} µs at {size:,}" for cost, size in zip(costs, SIZES, strict=True))
    return [
        Figure(
            "cost of a letter, dearest over cheapest size", max(costs) / min(costs), "x", each, "cost_growth_1e3_to_1e5"
        ),
        Figure("a worker's memory at 100,000 letters, above rest", grown, "MB", "peak", "worker_rss_growth_mb"),
        Figure("50,000 deliveries, click to page", page, "s", "one transaction", "mailing_created_50k_seconds"),
    ]


def page_of(size: int, relay: town.Sink) -> float:
    """How long the click that creates so many deliveries takes; nobody carries them."""
    community = town.community_of(size)
    meeting = town.meeting_of(community)
    seconds = town.click(meeting)
    Delivery.objects.pending().delete()
    return seconds


def family(worker: carrier.Worker) -> list[Path]:
    """The worker's processes: all of its session."""
    assert worker.process is not None
    return [
        path for path in Path("/proc").glob("[0-9]*") if (stat := status(path)) and stat[3] == str(worker.process.pid)
    ]


def status(process: Path) -> list[str]:
    """What /proc says of it after its name; nothing of one that has just ended."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def spent(process: Path) -> float:
    stat = status(process)
    return (int(stat[11]) + int(stat[12])) / TICKS if stat else 0.0


def seconds_spent(worker: carrier.Worker) -> float:
    """Processor time of the worker's processes and of PostgreSQL's for the same."""
    return sum(map(spent, [*family(worker), *backends()]))


def backends() -> list[Path]:
    return [path for path in Path("/proc").glob("[0-9]*") if is_ours(path)]


def is_ours(process: Path) -> bool:
    """A PostgreSQL process of the bench's own database."""
    try:
        return (process / "cmdline").read_bytes().startswith(b"postgres: fifty fifty ")
    except OSError:
        return False


def memory(worker: carrier.Worker) -> float:
    """Megabytes of the largest process, at its peak."""
    return max(peak(process) for process in family(worker))


def peak(process: Path) -> float:
    try:
        lines = (process / "status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)

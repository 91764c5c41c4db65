"""What a storm left behind, at its full size: nothing lost, and no copy without its reason."""

from tests.bench.figures import Figure
from tests.journeys import test_chaos as journey


def measure() -> list[Figure]:
    storm = journey.blow(letters=journey.LETTERS, kills=journey.KILLS)
    explained = storm["copies_alike"] == 1 and storm["duplicates"] <= storm["duplicates_allowed"]
    note = (
        f"{storm['kills']:.0f} workers, Redis {storm['redis_restarts']:.0f} times and PostgreSQL"
        f" {storm['database_restarts']:.0f} time killed, in {storm['seconds']:.0f} s"
    )
    allowed = (
        f"at most {storm['duplicates_allowed']:.0f}: kills, restarts, and {storm['answers_lost']:.0f} answers lost"
    )
    return [
        Figure("letters through the storm", storm["letters"], "", note, "chaos_letters"),
        Figure("workers killed in it", storm["kills"], "", "SIGKILL", "chaos_kills"),
        Figure("letters lost", storm["lost"], "", "", "chaos_lost"),
        Figure("copies", storm["duplicates"], "", allowed, "chaos_duplicates"),
        Figure("copies within the bound and all alike", int(explained), "", "1: yes", "chaos_duplicates_explained"),
    ]

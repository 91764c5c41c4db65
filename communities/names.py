"""Under which name do residents read each other? Never a whole one, nor an address that stands where a name should."""


def short(name: str) -> str:
    """ "Ada T." for Ada Terril, or for Ada de Terril; a name of one word as it is; empty for none."""
    first_name, *others = words_of(name) or [""]
    return f"{first_name} {others[-1][0].upper()}." if others else first_name


def first(name: str) -> str:
    """ "Ada": what neighbours call each other; empty for none."""
    return (words_of(name) or [""])[0]


def words_of(name: str) -> list[str]:
    return [] if "@" in name else name.split()

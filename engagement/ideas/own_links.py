"""Who may open what concerns one idea? Whoever was sent it, at the address its resident has now and its last sending.

A number up to 255 goes into the token beside the row's: how many addresses the resident had before, or that together
with how many the idea had, or how many times it was sent. A link of an earlier one opens nothing.
"""

from communities import links

PK_BITS = 32
MOST = 256
FEW = 16


def sign(purpose: str, pk: int, *, count: int) -> str:
    """Raise OverflowError as links.sign."""
    if pk >> PK_BITS:
        raise OverflowError(pk)
    return links.sign(purpose, pk | (count % MOST) << PK_BITS)


def read(purpose: str, token: str) -> tuple[int, int]:
    """The row's key and the count it was signed with; (0, 0) for a link that is forged or truncated."""
    number = links.read(purpose, token) or 0
    return number & ((1 << PK_BITS) - 1), number >> PK_BITS


def both(one: int, other: int) -> int:
    """Two counts as one: four bits for each."""
    return one % FEW * FEW + other % FEW

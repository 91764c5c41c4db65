"""How far is each promise of a project kept? What was promised, and what was brought for it so far."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from engagement.models import Commitment, Project

from .pricing import WORTH

ZERO = Decimal(0)


@dataclass(slots=True)
class Kept:
    """A promise that stands: what it is worth in euros (None where nobody priced it), and what was done for it."""

    commitment: Commitment
    worth: Decimal | None
    done_quantity: Decimal = ZERO
    done: Decimal = ZERO

    @property
    def is_counted(self) -> bool:
        """Whether it says how much."""
        return self.commitment.quantity is not None

    @property
    def is_kept(self) -> bool:
        """As much as was promised, where it says how much; anything at all, where it does not."""
        return bool(self.done_quantity) and self.done_quantity >= (self.commitment.quantity or ZERO)


def of(project: Project) -> list[Kept]:
    """Every promise that stands, in one query; what was done for one that was replaced counts for the later."""
    signed = Commitment.objects.signed().filter(convention__project=project).order_by("side", "pk")
    figures = signed.annotate(worth=WORTH, much=Sum("entries__quantity"), brought=Sum("entries__value"))
    found = {each.pk: Kept(each, each.worth, each.much or ZERO, each.brought or ZERO) for each in figures}
    for kept in sorted(found.values(), key=lambda kept: kept.commitment.pk):
        earlier = found.pop(kept.commitment.replaces_id or 0, None)
        if earlier:
            kept.done_quantity += earlier.done_quantity
            kept.done += earlier.done
    return list(found.values())

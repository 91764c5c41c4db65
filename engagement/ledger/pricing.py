"""What is a promise worth, in euros? What it says; money is itself; hours nobody priced are worth their rate."""

from decimal import Decimal

from django.db.models import Case, DecimalField, F, OuterRef, Subquery, When
from django.db.models.functions import Coalesce, Round

from engagement.models import ContributionKind, HourRate

EUROS: DecimalField = DecimalField(max_digits=14, decimal_places=2)
CENTS = 2
CENT = Decimal("0.01")

# The rate of its kind of hours on the first day of its convention.
_rate = HourRate.objects.filter(kind=OuterRef("kind"), from_on__lte=OuterRef("convention__starts_on"))
RATE = Subquery(_rate.order_by("-from_on").values("euros")[:1], output_field=EUROS)

# Of a commitment; NULL where nobody priced it and nothing tells its price.
WORTH = Coalesce(
    F("value"),
    Case(
        When(kind=ContributionKind.MONEY, then=F("quantity")),
        When(kind__in=ContributionKind.in_hours(), then=Round(F("quantity") * RATE, CENTS, output_field=EUROS)),
        output_field=EUROS,
    ),
    output_field=EUROS,
)

"""The same of conventions: the register, what its letters open, one letter of every kind."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from engagement.conventions import ending, on_screen, reminding
from engagement.models import Convention, Side, SignatureRequest
from tests.communities.factories import ResidentFactory
from tests.engagement.conventions.conventions import officer, proposed, read_token, sign, signed, supported

# Long enough before its last day that both sides are told of it.
SOON = dt.timedelta(days=80)


def addresses() -> dict[str, str]:
    now = timezone.now()
    held, waiting = signed(now=now), asked(now=now)
    return {
        "conventions": reverse("engagement:conventions"),
        "a convention": held.get_absolute_url(),
        "verify a convention": reverse("engagement:verify_convention"),
        "a convention verified": f"{reverse('engagement:verify_convention')}?code={held.code}",
        "read a convention": reverse("engagement:read_convention", args=[read_token(held)]),
        "sign a convention": reverse("engagement:sign_convention", args=[on_screen.token_of(waiting)]),
        "means": reverse("engagement:means"),
    }


def asked(*, now: dt.datetime) -> SignatureRequest:
    """The residents' side is asked to sign on screen."""
    by, holder = officer(), ResidentFactory(email="signe@example.org")
    convention = proposed(by=by, now=now, project=supported(holder=holder))
    return on_screen.ask(
        convention=convention,
        side=Side.RESIDENTS,
        name=holder.name,
        email=holder.email,
        resident=holder,
        by=by,
        now=now,
    )


def post_one_of_each(*, now: dt.datetime) -> None:
    """The request and its code; signed, soon over, ended."""
    request, by = asked(now=now), officer()
    on_screen.send_code(request=request, now=now)
    convention = Convention.objects.get(pk=request.convention_id)
    sign(convention, *Side, by=by, now=now)
    convention.refresh_from_db()
    reminding.remind(now=timezone.make_aware(dt.datetime.combine(convention.ends_on - SOON, dt.time(8))))
    ending.end(convention=convention, on=timezone.localdate(now), reason="Les bancs sont partis.", by=by, now=now)

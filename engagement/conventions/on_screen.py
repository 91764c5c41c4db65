"""How does someone sign on screen? By a signed link that only they got, and a code of six digits sent to them."""

import datetime as dt
import hmac

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from communities import links
from communities.models import Resident
from communities.post import mailings
from engagement import passing, permissions
from engagement.models import Convention, Side, Signature, SignatureMeans, SignatureRequest
from engagement.refusals import Refusal, refuse_unless

from . import freezing, signing

PURPOSE = "sign-convention"
REQUEST_LETTER, CODE_LETTER = "signature-request", "signature-code"
GOOD_FOR = dt.timedelta(minutes=10)
TRIES = 5
CODE_DIGITS = 6


class NoAddress(Refusal):
    """The link and the code need one."""

    MESSAGE = gettext_lazy("Signing on screen takes an e-mail address. Without one, sign on paper.")


class WrongCode(Refusal):
    """The digits are not those of the last letter."""

    MESSAGE = gettext_lazy("This is not the code of our last letter. Look at it again, or ask for another code.")


class CodeIsOver(Refusal):
    """Too old, tried too often, or used: one asks for another."""

    MESSAGE = gettext_lazy("This code no longer works: ask for another one, it comes at once.")


@transaction.atomic
def ask(
    *,
    convention: Convention,
    side: Side,
    name: str,
    quality: str = "",
    email: str,
    resident: Resident | None = None,
    by: User,
    now: dt.datetime,
) -> SignatureRequest:
    """Write to whoever signs for a side; a new request makes the link of an earlier one lead nowhere.

    Raises MayNot, NoAddress, and what signing.lock_to_sign raises.
    """
    refuse_unless(permissions.may_take_signatures(by))
    locked = signing.lock_to_sign(convention, side=side, name=name)
    if not email.strip():
        raise NoAddress
    locked.requests.filter(side=side).delete()
    request = SignatureRequest.objects.create(
        convention=locked,
        side=side,
        name=name.strip(),
        quality=quality.strip(),
        email=email.strip(),
        resident=resident,
        asked_by=by,
        asked_at=now,
    )
    log(convention, "engagement.convention.asked", user=by, data={"side": str(side)})
    write_to(request, kind=REQUEST_LETTER, key=str(request.pk), title=_("Please sign: %(title)s"), now=now)
    return request


def write_to(request: SignatureRequest, *, kind: str, key: str, title: str, now: dt.datetime) -> None:
    """To the resident who is asked, or to an address of the town hall's."""
    named = title % {"title": request.convention.title}
    if request.resident and not went_astray(request):
        mailings.post_one(kind=kind, key=key, title=named, resident=request.resident, now=now)
    else:
        mailings.post_to_address(kind=kind, key=key, title=named, address=request.email, now=now)


def token_of(request: SignatureRequest) -> str:
    return links.sign(PURPOSE, request.pk)


def find(*, token: str) -> SignatureRequest | None:
    """The request behind a letter's link; None when it is forged, went astray, or when someone was asked anew since."""
    known = SignatureRequest.objects.select_related("convention__project", "convention__amends", "resident", "asked_by")
    found = known.filter(pk=links.read(PURPOSE, token) or 0).first()
    return None if found is None or went_astray(found) else found


def went_astray(request: SignatureRequest) -> bool:
    """Whether it was sent to an address that its resident no longer has: whoever reads there signs for nobody."""
    return request.resident is not None and request.resident.email.lower() != request.email.lower()


def signature_of(request: SignatureRequest) -> Signature | None:
    """What they signed, once they did."""
    return request.convention.signatures.filter(side=request.side).first()


def is_waited_for(request: SignatureRequest) -> bool:
    """Whether their hand is still missing under a text that can be signed, and the letter goes where it was sent."""
    convention = request.convention
    can_be_signed = convention.is_proposed and not convention.project.is_over
    if convention.amends:
        can_be_signed = can_be_signed and convention.amends.is_signed
    return can_be_signed and not went_astray(request) and signature_of(request) is None


@transaction.atomic
def send_code(*, request: SignatureRequest, now: dt.datetime) -> None:
    """A new code to the address of the request; the one before no longer counts.

    Raises what signing.lock_to_sign raises.
    """
    signing.lock_to_sign(request.convention, side=Side(request.side), name=request.name)
    put(request, code_sent_at=now, code_hash=hash_of(request, code_of(request, sent_at=now)), tries=0)
    key = f"{request.pk}:{stamp(now)}"
    write_to(request, kind=CODE_LETTER, key=key, title=_("Your code to sign: %(title)s"), now=now)


def code_of(request: SignatureRequest, *, sent_at: dt.datetime) -> str:
    """Six digits that nobody knows without our key, so that they are kept nowhere: the letter works them out again."""
    return f"{int(keyed('digits', request, stamp(sent_at)), 16) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def hash_of(request: SignatureRequest, code: str) -> str:
    return keyed("proof", request, code)


def keyed(what: str, request: SignatureRequest, about: str) -> str:
    """HMAC-SHA256 (RFC 2104) under the site's key, in hexadecimal."""
    said = f"signature {what} {request.pk} {request.convention_id} {about}"
    return hmac.digest(settings.SECRET_KEY.encode(), said.encode(), "sha256").hex()


def stamp(sent_at: dt.datetime) -> str:
    """A moment, to the microsecond, as the key of its letter."""
    return sent_at.astimezone(dt.UTC).strftime("%Y%m%d%H%M%S%f")


def is_good(request: SignatureRequest, *, now: dt.datetime) -> bool:
    """Whether the last code may still be typed."""
    sent_at = request.code_sent_at
    return bool(request.code_hash and sent_at and now < sent_at + GOOD_FOR and request.tries < TRIES)


def sign(
    *, request: SignatureRequest, code: str, name: str, quality: str, address: str | None, now: dt.datetime
) -> Signature:
    """Check the code, then put their hand under the text; `address` is that of their connection.

    A code counts once. Raises CodeIsOver, WrongCode, and what signing.lock_to_sign raises.
    """
    check(request=request, code=code, now=now)
    return put_hand(request=request, name=name, quality=quality, address=address, now=now)


def check(*, request: SignatureRequest, code: str, now: dt.datetime) -> None:
    """Count the try, whatever comes of it: so many, and the code is over. In constant time."""
    with transaction.atomic():
        locked = SignatureRequest.objects.select_for_update().filter(pk=request.pk).first()
        if locked is None or not is_good(locked, now=now):
            raise CodeIsOver
        digits = "".join(character for character in code if character.isdecimal())
        is_right = hmac.compare_digest(locked.code_hash, hash_of(locked, digits))
        put(locked, tries=locked.tries + 1, code_hash="" if is_right else locked.code_hash)
    if not is_right:
        raise WrongCode


@transaction.atomic
def put_hand(*, request: SignatureRequest, name: str, quality: str, address: str | None, now: dt.datetime) -> Signature:
    """The code was right: the signature, and all that comes of it."""
    side = Side(request.side)
    locked = signing.lock_to_sign(request.convention, side=side, name=name)
    if not locked.requests.filter(pk=request.pk).exists():  # taken back, and perhaps changed, since they read it
        raise freezing.NotProposed
    signature = Signature.objects.create(
        convention=locked,
        side=side,
        name=name.strip(),
        quality=quality.strip(),
        means=SignatureMeans.SCREEN,
        signed_on=timezone.localdate(now),
        noted_at=now,
        resident=request.resident,
        address=address,
        proven_email=request.email,
        sha256=locked.sha256,
    )
    log(locked, "engagement.convention.signature", user=None, data={"sides": [str(side)], "means": "screen"})
    signing.complete(locked, actors=actors_of(request), now=now)
    request.convention.refresh_from_db()
    return signature


def actors_of(request: SignatureRequest) -> list[passing.Actor]:
    """By whose right the project passes: the resident's who signs, else that of whoever asked for the signature."""
    return [passing.Actor(resident=request.resident), passing.Actor(user=request.asked_by)]


def put(request: SignatureRequest, **changed: object) -> None:
    SignatureRequest.objects.filter(pk=request.pk).update(**changed)
    for name, value in changed.items():
        setattr(request, name, value)

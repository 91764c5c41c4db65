"""What mail providers call us for: a message, a letter that came back, a complaint. Nobody without the secret."""

import base64
import hmac
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from anymail.signals import AnymailInboundEvent, AnymailTrackingEvent, EventType, RejectReason
from anymail.urls import urlpatterns as providers
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils import timezone

from communities import bouncing
from communities.models import Channel, Delivery, DeliveryState, InboundSource
from communities.post import preparing

from . import receiving
from .long_forms import LongForm
from .reading import LARGEST

app_name = "anymail"

# A message with its files, written in JSON or in a form, and in base64.
LARGEST_CALL = 2 * LARGEST
SOFT = re.compile(r"soft|transient|temporar|deferred", re.IGNORECASE)
COMPLAINTS = {RejectReason.SPAM}
OF_THE_ADDRESS = {RejectReason.BOUNCED, RejectReason.INVALID}
FAILURES = {EventType.BOUNCED, EventType.REJECTED}

View = Callable[..., HttpResponseBase]


def guarded(view: View) -> View:
    """The address is not there until a secret is set: django-anymail would let anybody in."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.ANYMAIL.get("WEBHOOK_SECRET"):
            raise Http404
        if is_proven(request):
            read_at_length(request)
        return view(request, *args, **kwargs)

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # no session stands behind it: the secret is the proof
    return answer


def is_proven(request: HttpRequest) -> bool:
    """Whether they know the secret; django-anymail asks again, once the call is read."""
    proof = base64.b64encode(str(settings.ANYMAIL["WEBHOOK_SECRET"]).encode()).decode()
    return hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Basic {proof}".encode())


def read_at_length(request: HttpRequest) -> None:
    """Django's limits are made for forms that people fill in; a call may carry a message with its files."""
    request._body = request.read(LARGEST_CALL)
    if len(request._body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        request.upload_handlers = [LongForm(request)]


urlpatterns = [URLPattern(each.pattern, guarded(each.callback), each.default_args, each.name) for each in providers]


@transaction.atomic
def take_message(*, event: AnymailInboundEvent, **kwargs: Any) -> None:
    """A receiver of django-anymail's: what its provider made of a message is kept as it comes, and read later."""
    message = event.message
    recipients = [message.envelope_recipient] if message.envelope_recipient else []
    receiving.receive(raw=message.as_bytes(), recipients=recipients, source=InboundSource.WEBHOOK, now=timezone.now())
    receiving.ring()


def take_news(*, event: AnymailTrackingEvent, **kwargs: Any) -> None:
    """A receiver of django-anymail's: what became of a letter that its provider carried."""
    address = event.recipient or ""
    if event.event_type == EventType.COMPLAINED or event.reject_reason in COMPLAINTS:
        if address:
            bouncing.complained(address=address, now=timezone.now())
    elif event.event_type in FAILURES:
        letter = letter_of(event, address)
        if letter:
            bouncing.note(delivery=letter, bounce=bounce_in(event), address=address, now=timezone.now())


def letter_of(event: AnymailTrackingEvent, address: str) -> Delivery | None:
    """By the provider's name for it; else, of those that left for that address, the one that left under this
    identifier, or the last. Only for an address that is nobody's any more is it looked for among all letters.
    """
    sent = Delivery.objects.filter(state=DeliveryState.SENT, channel=Channel.EMAIL).order_by("-ended_at", "-pk")
    named = (event.message_id or "").strip("<>")
    names = [named, f"<{named}>"]
    if named and (by_name := sent.filter(provider_id__in=names).first()):
        return by_name
    theirs = sent.filter(resident__email__iexact=address) if address else sent.none()
    found = theirs.filter(message_id__in=names).first() or theirs.first()
    is_ours = named.endswith(f"@{preparing.domain()}")
    return found or (sent.filter(message_id__in=names).first() if is_ours else None)


def bounce_in(event: AnymailTrackingEvent) -> bouncing.Bounce:
    """By the receiving server's own words; without a code in them, by what the provider calls it."""
    words = " ".join(filter(None, [event.mta_response, event.description])) or str(event.reject_reason or "")
    kind = f"{words} {(event.esp_event or {}).get('Type', '')}"
    judged = bouncing.judge(status="", words=words)
    if judged.is_hard or bouncing.STATUS.search(words) or SOFT.search(kind):
        return judged
    return bouncing.Bounce(is_hard=event.reject_reason in OF_THE_ADDRESS, reason=judged.reason)

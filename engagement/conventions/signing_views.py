"""Signing on screen: the whole text first, then a code by letter, then the hand. GET shows, POST acts."""

from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from communities import throttling
from engagement.models import SignatureRequest
from engagement.refusals import Refusal

from . import documents, on_screen
from .forms import HandForm

REFUSED = 409
AN_HOUR = 3600

# No session stands behind this form, so there is nothing a forged request could borrow: no cookie is set. The proof is
# the signed token in the address, and the code sent to the one who was asked.


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """The text and what is to be done now: ask for a code, or type it."""
    asked = on_screen.find(token=token)
    if asked is None:
        return render(request, "pages/link_not_valid.html", status=404)
    if on_screen.signature_of(asked) or not asked.convention.is_proposed:
        return nothing_to_sign(request, asked)
    if request.method != "POST":
        return ask_page(request, asked, HandForm(initial={"name": asked.name, "quality": asked.quality}))
    return send_code(request, asked) if "send" in request.POST else take_hand(request, asked)


def ask_page(
    request: HttpRequest, asked: SignatureRequest, form: HandForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """With the form once a code is under way, or was typed already."""
    good = on_screen.is_good(asked, now=timezone.now())
    context = {
        "asked": asked,
        "convention": asked.convention,
        "shown": documents.shown(asked.convention),
        "form": form if good or form.is_bound else None,
        "has_code": good,
        "refusal": refusal,
        "minutes": on_screen.GOOD_FOR.seconds // 60,
    }
    return render(request, "pages/sign_convention.html", context, status=status)


def nothing_to_sign(request: HttpRequest, asked: SignatureRequest) -> HttpResponse:
    """They have signed, and read below what; or the text is not out for signature any more."""
    signature = on_screen.signature_of(asked)
    shown = documents.shown(asked.convention) if signature else None
    context = {"convention": asked.convention, "signature": signature, "shown": shown}
    return render(request, "pages/convention_signed.html", context)


def send_code(request: HttpRequest, asked: SignatureRequest) -> HttpResponse:
    here = throttling.connection_of(request)
    counted = [
        throttling.too_often(what="signature-code", who=str(asked.pk), times=5, seconds=AN_HOUR),
        throttling.too_often(what="signature-code-from", who=here, times=20, seconds=AN_HOUR),
    ]
    if any(counted):
        return render(request, "pages/ask_later.html", status=429)
    try:
        on_screen.send_code(request=asked, now=timezone.now())
    except Refusal as refusal:
        return refuse(request, asked, HandForm(), refusal)
    return redirect(reverse("engagement:sign_convention", args=[on_screen.token_of(asked)]) + "#signer")


def take_hand(request: HttpRequest, asked: SignatureRequest) -> HttpResponse:
    form = HandForm(request.POST)
    if not form.is_valid():
        return ask_page(request, asked, form, status=422)
    try:
        on_screen.sign(
            request=asked,
            code=form.cleaned_data["code"],
            name=form.cleaned_data["name"],
            quality=form.cleaned_data["quality"],
            address=address_of(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        return refuse(request, asked, form, refusal)
    return redirect("engagement:sign_convention", on_screen.token_of(asked))


def refuse(request: HttpRequest, asked: SignatureRequest, form: HandForm, refusal: Refusal) -> HttpResponse:
    """Whoever pressed twice has signed; a wrong code is said above the form."""
    if on_screen.signature_of(asked):
        return nothing_to_sign(request, asked)
    still = on_screen.find(token=on_screen.token_of(asked))
    if still is None or not still.convention.is_proposed:
        return nothing_to_sign(request, asked)
    return ask_page(request, still, form, refusal=refusal.sentence, status=REFUSED)


def address_of(request: HttpRequest) -> str | None:
    """Where they signed from; kept with the signature."""
    try:
        return str(ip_address(str(request.META.get("REMOTE_ADDR", ""))))
    except ValueError:
        return None

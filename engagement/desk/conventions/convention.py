"""One convention at the desk: what it says, where it stands, what may be done now; the buttons of its page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages

from communities.staff import StaffRequest
from engagement import kept_files, permissions
from engagement.conventions import amending, documents, freezing, versions
from engagement.ledger import means
from engagement.models import Convention, Side, Signature
from engagement.refusals import Refusal

from .of_a_convention import OfAConvention


class ShowConvention(OfAConvention, TemplateView):  # type: ignore[misc]  # Wagtail is untyped
    """All of it on one page."""

    page_title = gettext_lazy("Convention")
    template_name = "engagement/admin/convention.html"

    def get_header_title(self) -> str:
        return str(self.convention)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        convention, user = self.convention, self.request.user
        waits = convention.is_draft or convention.is_proposed
        signed = {signature.side for signature in convention.signatures.all()}
        return super().get_context_data(**kwargs) | {
            "shown": documents.shown(convention),
            "spaced_code": freezing.spaced(convention.code or ""),
            "effects": means.before_signing(convention=convention) if waits else [],
            "signatures": convention.signatures.select_related("scan"),
            "requests": convention.requests.exclude(side__in=signed),
            "awaited": [side for side in Side if side not in signed] if convention.is_proposed else [],
            "amendments": convention.amendments.order_by("pk"),
            "version": versions.number_of(convention),
            "has_expired": convention.has_expired(timezone.localdate()),
            "may_write": permissions.may_write_conventions(user),
            "may_sign": permissions.may_take_signatures(user),
        }


@require_safe
def pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """As it is printed: a draft that says so, the sheet to sign, or what was signed."""
    convention = get_object_or_404(Convention.objects.select_related("project", "amends"), pk=pk)
    response = HttpResponse(documents.pdf(convention), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{documents.pdf_name(convention)}"'
    return response


@require_safe
def scan(request: StaffRequest, pk: int, signature: int) -> HttpResponse:
    """The sheet that was signed by hand."""
    found = get_object_or_404(Signature.objects.select_related("scan"), pk=signature, convention=pk, scan__isnull=False)
    return kept_files.given(found.scan, to_everyone=False)  # type: ignore[arg-type]  # asked above


@require_POST
def propose(request: StaffRequest, pk: int) -> HttpResponse:
    """Freeze the text, and put it out for signature."""
    return tried(request, pk, freezing.propose, _("The text is frozen: it can be signed."), now=timezone.now())


@require_POST
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    return tried(request, pk, freezing.take_back, _("It is a draft again: what was sent to sign it leads nowhere."))


@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    words = _("It will not be signed. It is kept among the others.")
    return tried(request, pk, freezing.drop, words, now=timezone.now())


def tried(request: StaffRequest, pk: int, rule: Any, words: str, **known: Any) -> HttpResponse:
    """One rule with what it wants to know, and what it says."""
    convention = get_object_or_404(Convention, pk=pk)
    try:
        rule(convention=convention, by=request.user, **known)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, words)
    return redirect("conventions_desk:inspect", pk)


@require_POST
def amend(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin an amendment; or one that renews it, with the button that says so."""
    convention = get_object_or_404(Convention, pk=pk)
    try:
        amendment = amending.begin(
            convention=convention, by=request.user, renews="renew" in request.POST, now=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("conventions_desk:inspect", pk)
    messages.success(request, _("The amendment is begun: write what changes."))
    return redirect("conventions_desk:edit", amendment.pk)


def delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Nobody deletes one: a draft is dropped, what is signed ends."""
    get_object_or_404(Convention, pk=pk)
    messages.error(request, _("No convention is deleted: a draft is dropped, and what both sides signed only ends."))
    return redirect("conventions_desk:inspect", pk)

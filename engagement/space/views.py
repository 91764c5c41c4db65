"""A resident's conventions and certificates, behind their session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from communities import throttling
from communities.models import Resident
from communities.space.guard import for_resident
from engagement.conventions import documents
from engagement.conventions.views import AN_HOUR, pdf
from engagement.models import Convention
from engagement.story import certifying

from . import their_certificates, their_conventions
from .forms import ProjectForm


def theirs(resident: Resident, number: str) -> Convention:
    """404 for what they neither signed nor carry, as for what does not exist."""
    held = their_conventions.held_by(resident).select_related("project__officer", "amends")
    return get_object_or_404(held, number=number)


@require_safe
@for_resident
def convention(request: HttpRequest, resident: Resident, number: str) -> HttpResponse:
    """The whole text with names and signatures, for one of its readers."""
    shown = theirs(resident, number)
    context = {"convention": shown, "shown": documents.shown(shown)}
    return render(request, "pages/space/convention.html", context)


@require_safe
@for_resident
def convention_pdf(request: HttpRequest, resident: Resident, number: str) -> HttpResponse:
    """The same to print and to keep."""
    shown = theirs(resident, number)
    if throttling.too_often(what="convention-pdf", who=f"resident-{resident.pk}", times=30, seconds=AN_HOUR):
        return render(request, "pages/ask_later.html", status=429)
    return pdf(shown)


@require_POST
@for_resident
def ask_certificate(request: HttpRequest, resident: Resident) -> HttpResponse:
    """Of a project they took part in: it is granted at once, and its page opens."""
    form = ProjectForm(request.POST, projects=their_certificates.taken_part_in(resident))
    if not form.is_valid():
        return redirect("communities:space")
    asked = their_certificates.ask(project=form.cleaned_data["project"], resident=resident, now=timezone.now())
    if not asked.is_granted:
        return redirect("communities:space")
    return redirect("engagement:certificate", certifying.token_of(asked))

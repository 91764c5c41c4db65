"""What a project leaves to take away: its sheet, its figures as data, a certificate. GET shows, POST acts."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from communities import throttling
from communities.views import link_not_valid
from engagement.ledger import showing
from engagement.models import CertificateRequest, Project, ProjectPage, ProjectSheet

from . import certificate_printing, certifying, documents, open_data, sheet_printing
from .forms import CertificateForm, NameForm

SHOW_AND_ACT = ["GET", "HEAD", "POST"]
PDF = "application/pdf"

# No session stands behind these forms, so there is nothing a forged request could borrow: no cookie is set.


@require_safe
@cache_control(public=True, max_age=900)
def projects_csv(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(open_data.as_csv(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="projets.csv"'
    return answer


@require_safe
@cache_control(public=True, max_age=900)
def projects_json(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"projects": list(open_data.rows())}, json_dumps_params={"ensure_ascii": False})


def page_of(slug: str) -> ProjectPage:
    """The public page of a project; 404 for what nobody may read."""
    pages = ProjectPage.objects.open_to_all().filter(project__isnull=False)
    return get_object_or_404(pages.select_related("project__neighbourhood", "project__theme"), slug=slug)


def public_sheet(page: ProjectPage) -> ProjectSheet:
    found = ProjectSheet.objects.filter(project=page.project_id, public_at__isnull=False)
    sheet = found.select_related("project__neighbourhood").first()
    if sheet is None:
        raise Http404
    return sheet


@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet of a delivered project, to read on a screen."""
    page = page_of(slug)
    shown = public_sheet(page)
    context = {"project_page": page, "sheet": shown, "balance": showing.of(shown.project)}
    return render(request, "pages/project_sheet.html", context)


@require_safe
@cache_control(public=True, max_age=900)
def sheet_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same on two pages."""
    page = page_of(slug)
    facts = documents.sheet_facts(sheet=public_sheet(page), page=page, language=settings.LANGUAGE_CODE)
    printed = documents.at_hand(facts, lambda told: sheet_printing.sheet(facts=told))
    return as_pdf(printed, name=f"fiche-{page.slug}.pdf")


def as_pdf(content: bytes, *, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=PDF)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@csrf_exempt
@require_http_methods(SHOW_AND_ACT)
def ask_certificate(request: HttpRequest, slug: str) -> HttpResponse:
    """Who took part asks for a proof of it; one answer for everyone, known or not, person or robot."""
    page = page_of(slug)
    project = get_object_or_404(Project, page=page)
    form = CertificateForm(request.POST or None, now=timezone.now())
    if not (form.is_bound and form.is_valid()):
        status = 422 if form.is_bound else 200
        return render(request, "pages/certificate_ask.html", {"project_page": page, "form": form}, status=status)
    if throttling.too_often(what="certificate", who=throttling.connection_of(request), times=20, seconds=3600):
        return render(request, "pages/too_often.html", status=429)
    email = form.cleaned_data["email"]
    if not form.is_trapped and not throttling.too_often(what="certificate-letter", who=email, times=5, seconds=3600):
        certifying.ask(project=project, name=form.cleaned_data["name"], email=email, now=form.now)
    return redirect("engagement:certificate_asked", page.slug)


@require_safe
def certificate_asked(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "pages/certificate_asked.html", {"project_page": page_of(slug)})


@csrf_exempt
@never_cache
@require_http_methods(SHOW_AND_ACT)
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the letter's link: the name as it is printed, which can be changed, and the way to the PDF."""
    found = certifying.find(token=token)
    if found is None:
        return link_not_valid(request)
    form = NameForm(request.POST or None, initial={"name": found.given_name})
    if form.is_bound and form.is_valid():
        certifying.rename(certificate=found, name=form.cleaned_data["name"])
        return redirect("engagement:certificate", token)
    context = {"certificate": found, "form": form, "token": token}
    return render(request, "pages/certificate.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def certificate_pdf(request: HttpRequest, token: str) -> HttpResponse:
    found = certifying.find(token=token)
    if found is None:
        return link_not_valid(request)
    if throttling.too_often(what="certificate-pdf", who=token, times=30, seconds=3600):
        return render(request, "pages/too_often.html", status=429)
    return printed(found)


def printed(certificate: CertificateRequest) -> HttpResponse:
    """For its bearer, and for whoever hands it over at the town hall."""
    language = get_language() or settings.LANGUAGE_CODE
    facts = documents.certificate_facts(certificate=certificate, language=language, now=timezone.now())
    return as_pdf(certificate_printing.certificate(facts=facts), name=f"certificat-{certificate.pk}.pdf")

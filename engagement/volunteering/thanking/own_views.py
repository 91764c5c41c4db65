"""One's own hours, in one's own space: for what, how many, and whether one is thanked by name."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods as accept
from django.views.decorators.http import require_POST

from communities import names
from communities.models import Resident
from communities.space.guard import for_resident
from engagement.models import Project, ThanksMatter
from engagement.story import certifying

from . import choices, hours
from .forms import ChoicesForm

WRONG = 422


@accept(["GET", "HEAD", "POST"])
@for_resident
def mine(request: HttpRequest, resident: Resident) -> HttpResponse:
    form = ChoicesForm(request.POST if request.method == "POST" else None, initial=chosen(resident))
    if form.is_bound and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        choices.say(
            resident=resident,
            matter=ThanksMatter.IN_PUBLIC,
            granted=said["in_public"],
            shown_as=said["shown_as"],
            now=now,
        )
        choices.say(resident=resident, matter=ThanksMatter.YEARLY, granted=said["yearly"], now=now)
        return redirect("engagement:my_hours")
    given = hours.of(resident)
    context = {"resident": resident, "form": form, "given": given, "total": hours.total(given)}
    return render(request, "pages/space/hours.html", context, status=WRONG if form.errors else 200)


def chosen(resident: Resident) -> dict[str, object]:
    """As things stand; the first name proposed is theirs, and can be changed."""
    said = choices.of(resident)
    public, yearly = said.get(ThanksMatter.IN_PUBLIC), said.get(ThanksMatter.YEARLY)
    first = names.first(resident.name)[:40]
    return {
        "in_public": bool(public and public.granted),
        "shown_as": (public.shown_as if public else "") or first,
        "yearly": bool(yearly and yearly.granted),
    }


@require_POST
@for_resident
def certificate(request: HttpRequest, resident: Resident, pk: int) -> HttpResponse:
    """The certificate of a project in which they took part, at once."""
    project = get_object_or_404(Project, pk=pk)
    certificate = certifying.take(project=project, resident=resident, now=timezone.now())
    if certificate is None:
        raise Http404
    return redirect("engagement:certificate", certifying.token_of(certificate))

"""A resident's communities in their space: those they are in, those they may enter, and what each lets them do."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods as accept
from django.views.decorators.http import require_safe

from communities.models import Community, Resident
from communities.space.guard import for_resident

from . import acting, showing
from .refusals import Refusal


@require_safe
@for_resident
def communities(request: HttpRequest, resident: Resident) -> HttpResponse:
    """All of them, theirs first."""
    return render(request, "pages/space/communities.html", showing.all_for(resident=resident))


@accept(["GET", "HEAD", "POST"])
@for_resident
def community(request: HttpRequest, resident: Resident, slug: str) -> HttpResponse:
    """One of them. Each button says `what`; a refusal or an error is told on the same page, with what was typed."""
    shown = get_object_or_404(Community.objects.for_cards(), slug=slug)
    if request.method != "POST":
        return page_of(request, resident, shown)
    act = acting.ACTS.get(request.POST.get("what", ""))
    if act is None:
        return redirect("communities:space_community", slug)
    form = act.form(request.POST)
    if not form.is_valid():
        return page_of(request, resident, shown, forms={act.name: form})
    try:
        act.do(community=shown, resident=resident, said=form.cleaned_data, now=timezone.now())
    except Refusal as refusal:
        return page_of(request, resident, shown, forms={act.name: form}, refusal=refusal.sentence)
    return redirect(reverse("communities:space_community", args=[slug], query={"done": act.name}))


def page_of(
    request: HttpRequest,
    resident: Resident,
    community: Community,
    *,
    forms: Mapping[str, forms.Form] | None = None,
    refusal: str = "",
) -> HttpResponse:
    place = showing.Place(community=community, resident=resident, page=request.GET.get("page", ""))
    context: dict[str, Any] = {
        "community": community,
        "place": place,
        "refusal": refusal,
        "done": acting.said_of(request.GET.get("done", "")),
        "forms": acting.blank_forms(place) | dict(forms or {}),
    }
    return render(request, "pages/space/community.html", context)

"""Which residents are written down twice, and which of the two says it right? The staff's pages."""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from communities.doubles import finding, merging, telling_apart
from communities.models import Resident

PAIRS_A_PAGE = 25
KEPT, GONE = "kept", "gone"


class DoublesList(WagtailAdminTemplateMixin, TemplateView):
    """Pairs that may be one person, the surest first, each with why."""

    template_name = "communities/admin/doubles.html"
    page_title = gettext_lazy("Written down twice")
    header_icon = "copy"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("residents:index"), "label": gettext_lazy("Residents")}
        return [*self.breadcrumbs_items, to_the_list, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(finding.find(), PAIRS_A_PAGE).get_page(self.request.GET.get("p"))
        shown = [pk for double in page for pk in (double.one, double.other)]
        known = Resident.objects.known().select_related("neighbourhood").in_bulk(shown)
        pairs = [(double, known[double.one], known[double.other]) for double in page]
        return super().get_context_data(**kwargs) | {"pairs": pairs, "page": page, "count": page.paginator.count}


class ChoosingForm(forms.Form):
    """Of each thing that the two say differently, which is right; and what was read, so that it is still so."""

    saw = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, kept: Resident, gone: Resident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["saw"].initial = merging.seen(kept, gone)
        proposed = merging.proposed(kept=kept, gone=gone)
        for name in merging.CHOICES:
            said = [shown(record, name) for record in (kept, gone)]
            if said[0] != said[1]:
                self.fields[name] = forms.ChoiceField(
                    label=label_of(name),
                    choices=list(zip((KEPT, GONE), said, strict=True)),
                    initial=GONE if name in proposed else KEPT,
                    widget=forms.RadioSelect,
                )

    @property
    def taken(self) -> set[str]:
        return {name for name in merging.CHOICES if self.cleaned_data.get(name) == GONE}


def label_of(name: str) -> str:
    if name == "street":
        return _("Postal address")
    return capfirst(str(Resident._meta.get_field(name).verbose_name))  # type: ignore[union-attr]  # only plain fields


def shown(record: Resident, name: str) -> str:
    """What one record says there, in words."""
    if name == "street":
        return record.postal_address.replace("\n", ", ") or _("nothing")
    value = getattr(record, f"get_{name}_display", lambda: getattr(record, name))()
    return str(value or _("nothing"))


class CompareTwo(WagtailAdminTemplateMixin, TemplateView):
    """Side by side: what each says, what would move, what cannot be undone; then one button."""

    template_name = "communities/admin/compare.html"
    page_title = gettext_lazy("One person or two?")
    header_icon = "copy"

    @cached_property
    def pair(self) -> tuple[Resident, Resident]:
        """The older row is the one that is kept."""
        known = Resident.objects.known().select_related("neighbourhood")
        found = list(known.filter(pk__in=[self.kwargs["pk"], self.kwargs["other"]]).order_by("pk"))
        if len(found) < 2:
            raise Http404
        return found[0], found[1]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("doubles:index"), "label": DoublesList.page_title}
        return [*self.breadcrumbs_items, to_the_list, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept, gone = self.pair
        moved = [(record, merging.counted(record)) for record in self.pair]
        form = kwargs.pop("form", None) or ChoosingForm(kept=kept, gone=gone)
        return super().get_context_data(**kwargs) | {"kept": kept, "gone": gone, "moved": moved, "form": form}

    def post(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        kept, gone = self.pair
        form = ChoosingForm(request.POST, kept=kept, gone=gone)
        if not form.is_valid():
            messages.error(request, merging.ChangedMeanwhile().sentence)
            return self.render_to_response(self.get_context_data())
        chosen = {"take": form.taken, "saw": form.cleaned_data["saw"]}
        try:
            joined = merging.merge(kept=kept, gone=gone, **chosen, by=cast(User, request.user), now=timezone.now())
        except merging.CannotMerge as refusal:
            messages.error(request, refusal.sentence)
            return redirect("doubles:compare", kept.pk, gone.pk)
        messages.success(request, _("Both records of %(name)s are one from now on.") % {"name": joined})
        return redirect("residents:inspect", joined.pk)


@require_POST
def tell_apart(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """They are two people: this pair is not proposed again."""
    found = list(Resident.objects.known().filter(pk__in=[pk, other]))
    if len(found) == 2:
        telling_apart.tell_apart(one=found[0], other=found[1], by=cast(User, request.user), now=timezone.now())
        messages.success(request, _("They are two people: this pair is not proposed again."))
    return redirect("doubles:index")

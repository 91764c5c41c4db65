"""What came in by mail, and what became of it? The staff's list, and what waits for their decision."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import DetailView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from communities import permissions
from communities.cells import Cell
from communities.inbound import deciding, forwarding
from communities.models import InboundMessage, InboundState
from communities.staff import StaffRequest

LONGEST_SUBJECT = 90
SHOWN = [state for state in InboundState if state != InboundState.WAITING]


class InboxFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """By what became of it."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("What became of it"), choices=[(state.value, state.label) for state in SHOWN]
    )

    class Meta:
        model = InboundMessage
        fields: list[str] = []


class InboxList(BaseListingView):  # type: ignore[misc]
    """Everything that came, the latest first; those to decide about before the others."""

    page_title = gettext_lazy("Received mail")
    header_icon = "mail"
    index_url_name = "inbox:index"
    index_results_url_name = "inbox:results"
    results_template_name = "communities/admin/inbox_results.html"
    filterset_class = InboxFilterSet
    is_searchable = True
    search_fields = ["sender", "subject"]
    paginate_by = 50
    columns = [
        TitleColumn(
            "subject", label=gettext_lazy("Message"), url_name="inbox:inspect", accessor=lambda message: cut(message)
        ),
        Cell("inbox_from", label=gettext_lazy("From"), width="25%"),
        Cell("inbox_state", label=gettext_lazy("What became of it"), width="35%"),
    ]

    def get_base_queryset(self) -> QuerySet[InboundMessage]:
        return InboundMessage.objects.defer("raw").select_related("resident").to_decide_first()


def cut(message: InboundMessage) -> str:
    """Its subject as a list shows it; the message's own page shows all of it."""
    return Truncator(str(message)).chars(LONGEST_SUBJECT)


class InboxMessage(WagtailAdminTemplateMixin, DetailView):  # type: ignore[misc]
    """One message: its words, whose it is, and the two buttons while there is something to decide."""

    model = InboundMessage
    context_object_name = "message"
    template_name = "communities/admin/inbox_message.html"
    header_icon = "mail"
    page_title = gettext_lazy("Received message")

    def get_queryset(self) -> QuerySet[InboundMessage]:
        return InboundMessage.objects.select_related("resident")

    @cached_property
    def incoming(self) -> Any:
        return forwarding.said_in(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("inbox:index"), "label": gettext_lazy("Received mail")}
        return [*self.breadcrumbs_items, to_the_list, {"url": "", "label": str(self.object)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "incoming": self.incoming,
            "may_decide": permissions.may_decide_on_received_mail(self.request.user) and self.object.is_held,
        }


@never_cache
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The message as it came, to be kept or opened by a mail program; never shown by the browser as a page."""
    message = get_object_or_404(InboundMessage.objects.exclude(raw=b""), pk=pk)
    headers = {
        "Content-Disposition": f'attachment; filename="message-{pk}.eml"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(message.raw), content_type="message/rfc822", headers=headers)


@require_POST
def let_count(request: StaffRequest, pk: int) -> HttpResponse:
    """What the message asks for is done."""

    def decide(message: InboundMessage) -> str:
        return deciding.let_count(message=message, by=request.user, now=timezone.now()).words

    return decided(request, pk, decide)


@require_POST
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    """It stays without effect."""

    def decide(message: InboundMessage) -> str:
        deciding.leave(message=message, by=request.user, now=timezone.now())
        return _("The message was left without effect.")

    return decided(request, pk, decide)


def decided(request: StaffRequest, pk: int, decide: Callable[[InboundMessage], str]) -> HttpResponse:
    message = get_object_or_404(InboundMessage, pk=pk)
    try:
        messages.success(request, decide(message))
    except deciding.TooLate:
        messages.warning(request, _("Somebody else has decided about this message meanwhile, or its time was over."))
    return redirect("inbox:inspect", pk)

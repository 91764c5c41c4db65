"""How do staff look at those a letter would reach, before it leaves? In a list, one by one, and by a test."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from communities import scopes
from communities.audience import Recipient
from communities.folding import fold
from communities.staff import StaffRequest

from . import reach


@dataclass(frozen=True)
class Row:
    """One person on the list."""

    name: str
    channel: str
    language: str
    why: str
    preview_url: str


class ListOfReaders(BaseListingView):  # type: ignore[misc]  # Wagtail is untyped
    """This goes to 143 people: which, and why. Whoever lists them says who, and where each one's letter is."""

    is_searchable = True
    paginate_by = 50
    columns = [
        TitleColumn("name", label=gettext_lazy("Resident"), get_url=lambda row: row.preview_url),
        Column("channel", label=gettext_lazy("Told by")),
        Column("why", label=gettext_lazy("Concerned by"), width="35%"),
        Column("language", label=gettext_lazy("Language")),
    ]

    def preview_url(self, resident: int) -> str:
        raise NotImplementedError

    def search_queryset(self, queryset: list[Recipient]) -> list[Recipient]:
        words = fold(self.search_query).split()
        return [each for each in queryset if all(word in fold(str(each.resident)) for word in words)]

    def get_table(self, object_list: list[Recipient]) -> Any:
        names = scopes.names_of({scope for each in object_list for scope in each.because})
        return super().get_table([self.row(each, names) for each in object_list])

    def row(self, recipient: Recipient, names: dict[str, str]) -> Row:
        resident = recipient.resident
        return Row(
            name=str(resident),
            channel=str(recipient.channel.label),
            language=reach.language_name(resident.language),
            why=", ".join(names[scope] for scope in recipient.because),
            preview_url=self.preview_url(resident.pk),
        )


class LookedAt(NamedTuple):
    """One reader, and those one step away."""

    recipient: Recipient
    before: Recipient | None
    after: Recipient | None


def one_of(recipients: Sequence[Recipient], *, resident: int) -> LookedAt:
    """That resident among those it reaches; raises Http404 when it goes to others only."""
    for at, each in enumerate(recipients):
        if each.resident.pk == resident:
            before = recipients[at - 1] if at else None
            return LookedAt(each, before, recipients[at + 1] if at + 1 < len(recipients) else None)
    raise Http404


class SendsATest(View):
    """The letter, to whoever asks for it at the town hall."""

    http_method_names = ["post"]
    back_to = ""

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        if request.user.email:
            self.send(request)
        else:
            account = messages.button(reverse("wagtailadmin_account"), _("Your account"))
            messages.error(request, _("Your account has no e-mail address: add one, then ask again."), [account])
        return redirect(self.back_to, pk)

    def send(self, request: StaffRequest) -> None:
        if sentence := self.refused(address=request.user.email, by=request.user):
            messages.error(request, sentence)
        else:
            words = _("A test letter is on its way to %(address)s.") % {"address": request.user.email}
            messages.success(request, words)

    def refused(self, *, address: str, by: User) -> str:
        """Post it, or say why not."""
        raise NotImplementedError

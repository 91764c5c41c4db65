"""How are work days told, and who is on their pictures? Somebody looks before everyone sees."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from communities.staff import StaffRequest
from engagement import kept_files
from engagement.models import DayAccount, DayPicture
from engagement.refusals import Refusal
from engagement.volunteering.thanking import accounts

from .forms import LookForm, PictureForm


class AccountList(BaseListingView):  # type: ignore[misc]  # Wagtail is untyped
    """Those at which nobody looked first."""

    page_title = gettext_lazy("How work days went")
    header_icon = "doc-full"
    index_url_name = "day_accounts:index"
    index_results_url_name = "day_accounts:results"
    paginate_by = 50
    verbose_name_plural = gettext_lazy("accounts of work days")
    columns = [
        TitleColumn("work_day", label=gettext_lazy("Work day"), url_name="day_accounts:inspect", width="40%"),
        Column("written_by", label=gettext_lazy("Written by"), width="20%"),
        DateColumn("written_at", label=gettext_lazy("Written on"), width="20%"),
        BooleanColumn("was_seen", label=gettext_lazy("Looked at"), width="10%"),
        BooleanColumn("is_public", label=gettext_lazy("Public"), width="10%"),
    ]

    def get_base_queryset(self) -> QuerySet[DayAccount]:
        return DayAccount.objects.select_related("work_day__meeting", "written_by").order_by("-written_at", "-pk")


class ShowAccount(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]
    """The words, the pictures, and what everyone will see of them."""

    template_name = "engagement/admin/day_account.html"
    header_icon = "doc-full"
    request: StaffRequest

    @cached_property
    def account(self) -> DayAccount:
        return the_account(self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.account)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("day_accounts:index"), "label": gettext_lazy("How work days went")}
        return [*self.breadcrumbs_items, to_the_list, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "account": self.account,
            "form": look_form(self.account),
            "pictures": forms_of(self.account),
        }


def look_form(account: DayAccount) -> LookForm:
    is_public = account.is_public or not account.was_seen
    return LookForm(initial={"publishes": is_public, "saw": accounts.as_read(account)})


def the_account(pk: int) -> DayAccount:
    return get_object_or_404(DayAccount.objects.select_related("work_day__meeting", "written_by"), pk=pk)


def forms_of(account: DayAccount, data: Any = None) -> list[tuple[DayPicture, PictureForm]]:
    pictures = account.pictures.select_related("file").defer("file__content")
    return [
        (
            each,
            PictureForm(
                data,
                prefix=f"picture{each.pk}",
                initial={
                    "is_public": each.is_public,
                    "no_child": each.is_public,
                    "alternative_text": each.alternative_text,
                },
            ),
        )
        for each in pictures
    ]


@require_POST
def look(request: StaffRequest, pk: int) -> HttpResponse:
    """Publish what may be seen; a picture is public only when it is ticked."""
    account = the_account(pk)
    form, pictures = LookForm(request.POST), forms_of(account, request.POST)
    if not all([form.is_valid(), *(each.is_valid() for _picture, each in pictures)]):
        wrong = _("Nothing was changed. Of each photograph that is shown, say that no child can be recognised on it.")
        messages.error(request, wrong)
        return redirect("day_accounts:inspect", pk)
    said = {picture.pk: each.cleaned_data for picture, each in pictures}
    try:
        accounts.look(
            account=account,
            shown={key: words["alternative_text"] for key, words in said.items() if words["is_public"]},
            publishes=form.cleaned_data["publishes"],
            saw=form.cleaned_data["saw"],
            by=request.user,
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Saved: everyone reads what is ticked, and nothing else."))
    return redirect("day_accounts:inspect", pk)


@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(DayPicture.objects.select_related("file"), pk=pk)
    return kept_files.given(found.file, to_everyone=False)

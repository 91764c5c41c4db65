"""What the staff's menu shows of work days that are over. Each address with who may open it."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_passes_test
from wagtail.admin.viewsets.base import ViewSet

from communities.menus import item_for
from engagement import permissions

from . import accounts, days, insurer

see = user_passes_test(permissions.may_see_work_days)
keep = user_passes_test(permissions.may_keep_the_ledger)
look = user_passes_test(permissions.may_look_at_day_accounts)
know = user_passes_test(permissions.may_name_who_came)


class DaysDoneViewSet(ViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Confirmed lists, and the accounts."""

    name = "days_done"
    url_prefix = "fifty-fifty/days-done"
    icon = "check"
    menu_label = _("Work days done")
    menu_item_class = item_for(permissions.may_see_work_days)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", see(days.DayList.as_view()), name="index"),
            path("results/", see(days.DayList.as_view(results_only=True)), name="results"),
            path("<int:pk>/", see(days.ShowDay.as_view()), name="inspect"),
            path("<int:pk>/sheet.pdf", see(days.sheet), name="sheet"),
            path("<int:pk>/credit/", keep(days.credit), name="credit"),
            path("<int:pk>/take-back/", keep(days.take_back), name="take_back"),
        ]


class DayAccountViewSet(ViewSet):  # type: ignore[misc]
    """How work days went."""

    name = "day_accounts"
    url_prefix = "fifty-fifty/day-accounts"
    icon = "doc-full"
    menu_label = _("How work days went")
    menu_item_class = item_for(permissions.may_look_at_day_accounts)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", look(accounts.AccountList.as_view()), name="index"),
            path("results/", look(accounts.AccountList.as_view(results_only=True)), name="results"),
            path("<int:pk>/", look(accounts.ShowAccount.as_view()), name="inspect"),
            path("<int:pk>/look/", look(accounts.look), name="look"),
            path("picture/<int:pk>/", look(accounts.picture), name="picture"),
        ]


class InsurerViewSet(ViewSet):  # type: ignore[misc]
    """How many people, where, doing what."""

    name = "insurer"
    url_prefix = "fifty-fifty/insurer"
    icon = "list-ul"
    menu_label = _("Insurer’s list")
    menu_item_class = item_for(permissions.may_see_work_days)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", see(insurer.InsurerList.as_view()), name="index"),
            path("results/", see(insurer.InsurerList.as_view(results_only=True)), name="results"),
            path("<int:pk>/names/", know(insurer.Names.as_view()), name="names"),
        ]

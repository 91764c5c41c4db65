"""The desk's addresses about one work day, by the key of its meeting, and who may open each."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from wagtail.admin.auth import user_passes_test

from communities.permissions import Anyone
from engagement import permissions

from .deciding import Decide
from .helping import TakeHelperOff, WriteHelperDown
from .planning import HoldAgain, PlanWorkDay
from .showing import AddWorkDay, ShowWorkDay

app_name = "work_days_desk"

View = Callable[..., HttpResponseBase]


def page(address: str, view: View, name: str, *, who: Callable[[Anyone], bool]) -> URLPattern:
    """One address; anyone else is turned back to the desk's first page, as Wagtail does."""
    return path(f"<int:pk>/{address}", user_passes_test(who)(view), name=name)


plan, write = permissions.may_plan_work_days, permissions.may_write_volunteers_down

urlpatterns = [
    page("", ShowWorkDay.as_view(), "work_day", who=permissions.may_see_work_days),
    page("add/", AddWorkDay.as_view(), "add_shifts", who=plan),
    page("plan/", PlanWorkDay.as_view(), "plan", who=plan),
    page("again/", HoldAgain.as_view(), "again", who=plan),
    page("decide/", Decide.as_view(), "decide", who=permissions.may_decide_on_work_days),
    page("helpers/new/", WriteHelperDown.as_view(), "write_helper_down", who=write),
    page("helpers/<int:volunteer>/off/", TakeHelperOff.as_view(), "take_helper_off", who=write),
]

"""Which hours wait for the accounts, and which accounts of days for a look? On the staff's first page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from engagement import permissions
from engagement.models import DayAccount
from engagement.volunteering.presence import crediting

SHOWN = 10


class DaysWaiting(Component):  # type: ignore[misc]  # Wagtail is untyped
    """The oldest first, each with its page."""

    name = "days_waiting"
    template_name = "engagement/admin/days_waiting.html"
    order = 40

    def __init__(self, days: list[Any], accounts: list[Any]) -> None:
        self.days, self.accounts = days, accounts

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"days": self.days, "accounts": self.accounts}


def panel_for(request: HttpRequest) -> DaysWaiting | None:
    """Of each, for whoever may act; two queries."""
    days, accounts = [], []
    if permissions.may_keep_the_ledger(request.user):
        days = list(crediting.waiting().select_related("meeting")[:SHOWN])
    if permissions.may_look_at_day_accounts(request.user):
        accounts = list(DayAccount.objects.waiting().select_related("work_day__meeting").order_by("written_at")[:SHOWN])
    return DaysWaiting(days, accounts) if days or accounts else None

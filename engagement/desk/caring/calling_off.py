"""How are several checks called off at once?"""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action import BulkAction

from engagement import permissions
from engagement.caring import planning
from engagement.models import StewardshipCheck

from .forms import WhyForm


class CallOff(BulkAction):  # type: ignore[misc]  # Wagtail is untyped
    """Those that are to come; what was done stays done."""

    display_name = _("Call off")
    action_type = "call_off"
    aria_label = _("Call off the checks you ticked")
    template_name = "engagement/admin/call_off.html"
    models = [StewardshipCheck]
    form_class = WhyForm

    def check_perm(self, check: StewardshipCheck) -> bool:
        return self.may_follow and check.is_to_come

    @cached_property
    def may_follow(self) -> bool:
        return permissions.may_follow_stewardship(self.request.user)

    def get_execution_context(self) -> dict[str, Any]:
        return {"why": self.cleaned_form.cleaned_data["words"], "by": self.request.user}

    @classmethod
    def execute_action(cls, objects: list[StewardshipCheck], **said: Any) -> tuple[int, int]:
        return planning.call_off(checks=objects, **said), 0

    def get_success_message(self, number: int, below: int) -> str:
        words = ngettext("%(number)d check is called off.", "%(number)d checks are called off.", number)
        return words % {"number": number}

"""The page on which staff say yes or no to a work day that a coordinator proposes."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from engagement.refusals import Refusal
from engagement.volunteering import counting
from engagement.volunteering.planning import proposing

from .forms import WordsForm
from .of_a_work_day import OfAWorkDay

REFUSED, WRONG = 409, 422


class Decide(OfAWorkDay, TemplateView):  # type: ignore[misc]  # Wagtail is untyped
    """What is proposed, by whom; two buttons, and words."""

    page_title = gettext_lazy("Decide on the work day")
    template_name = "engagement/admin/work_day_decide.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """What was decided meanwhile is shown as it stands."""
        if not self.work_day.awaits_approval:
            return redirect(self.back_url)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        count = counting.of(self.work_day, now=timezone.now())
        return context | {"count": count, "form": WordsForm()} | kwargs

    def post(self, request: Any, pk: int) -> HttpResponse:
        form = WordsForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=WRONG)
        says_yes = "yes" in request.POST
        rule = proposing.approve if says_yes else proposing.refuse
        try:
            rule(work_day=self.work_day, words=form.cleaned_data["words"], by=self.request.user, now=timezone.now())
        except proposing.NothingToDecide as refusal:
            return self.explain(refusal)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return self.render_to_response(self.get_context_data(form=form), status=REFUSED)
        return self.say(
            _("It is published, and whoever proposed it has a letter.")
            if says_yes
            else _("It is not published, and whoever proposed it reads why in a letter.")
        )

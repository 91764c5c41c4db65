"""The page on which staff say what a work day needs, and hold it again on other days."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from engagement.refusals import Refusal
from engagement.volunteering.coordinating import rows
from engagement.volunteering.coordinating.forms import DaysForm, SeriesForm
from engagement.volunteering.planning import changing, lines, making, repeating, words
from engagement.volunteering.planning.repeating import Occasion

from .forms import FactsForm
from .of_a_work_day import OfAWorkDay

REFUSED, WRONG = 409, 422


class PlanWorkDay(OfAWorkDay, TemplateView):  # type: ignore[misc]  # Wagtail is untyped
    """Shifts and needs, who leads, what to know. Day, hours and place are the meeting's own."""

    page_title = gettext_lazy("Shifts and things to bring")
    template_name = "engagement/admin/work_day_plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        blank = {"form": FactsForm(work_day=self.work_day), "lines": rows.LinesForm(work_day=self.work_day)}
        return context | blank | kwargs

    def post(self, request: Any, pk: int) -> HttpResponse:
        form, sheet = (
            FactsForm(request.POST, work_day=self.work_day),
            rows.LinesForm(request.POST, work_day=self.work_day),
        )
        if not (form.is_valid() and sheet.is_valid()):
            return self.render_to_response(self.get_context_data(form=form, lines=sheet), status=WRONG)
        try:
            self.write(form, sheet)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            taken = isinstance(refusal, lines.StillTaken)
            return self.render_to_response(
                self.get_context_data(form=form, lines=sheet, may_go_anyway=taken), status=REFUSED
            )
        return self.say(_("The plan of the work day is written down."))

    def write(self, form: FactsForm, sheet: rows.LinesForm) -> None:
        said = words.of_day(self.work_day)
        begins, ends = (said.begins, said.ends) if said else (dt.time(9), dt.time(17))
        changing.change(
            work_day=self.work_day,
            facts=form.cleaned_data,
            needed=sheet.needed(begins, ends),
            anyway="anyway" in self.request.POST,
            by=self.request.user,
            now=timezone.now(),
        )


class HoldAgain(OfAWorkDay, TemplateView):  # type: ignore[misc]
    """The next free day of the same name in one press; or how often and until when, then the days with a tick each."""

    page_title = gettext_lazy("Hold it again")
    template_name = "engagement/admin/work_day_again.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "asked": self.asked,
            "occasions": self.occasions,
            "next_one": repeating.next_day(work_day=self.work_day, now=timezone.now()),
            "days": repeating.series_of(self.work_day),
        }

    @cached_property
    def asked(self) -> SeriesForm:
        return SeriesForm(self.request.GET if "until" in self.request.GET else None)

    @cached_property
    def occasions(self) -> list[Occasion]:
        if self.work_day.day is None or not (self.asked.is_bound and self.asked.is_valid()):
            return []
        said = self.asked.cleaned_data
        return repeating.foresee(work_day=self.work_day, rhythm=said["rhythm"], until=said["until"], now=timezone.now())

    def post(self, request: Any, pk: int) -> HttpResponse:
        next_one = repeating.next_day(work_day=self.work_day, now=timezone.now())
        offered = [each.day for each in [*self.occasions, *([next_one] if next_one else [])]]
        form = DaysForm(request.POST, offered=offered)
        if not form.is_valid():
            return self.explain(repeating.NoDay())
        try:
            made = self.hold(form.cleaned_data["day"])
        except (repeating.NoDay, repeating.NoDate, making.InThePast, Refusal) as refusal:
            return self.explain(refusal)
        sentence = ngettext(
            "%(number)d day is written down, as a draft.", "%(number)d days are written down, as drafts.", made
        )
        return self.say(sentence % {"number": made})

    def hold(self, days: list[dt.date]) -> int:
        """A single day from its own button stands alone; ticks make a series."""
        rules: dict[str, Any] = {"work_day": self.work_day, "by": self.request.user, "now": timezone.now()}
        if "once" in self.request.POST:
            repeating.once_more(day=days[0], **rules)
            return 1
        return len(repeating.repeat(days=days, **rules))

"""The pages from which those who run a work day call for help and write: words, then who gets them, then Send."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from communities.models import Channel, Mailing, Resident
from engagement.models import CoordinatorLetter, WorkDay
from engagement.volunteering import counting, gaps, names
from engagement.volunteering.coordinating.guard import for_who_runs_it
from meetings.refusals import Refusal

from . import calls, forms, writing
from .forms import CallForm, LetterForm, WriteForm

SHOW_AND_ACT = ["GET", "HEAD", "POST"]
WRONG, REFUSED = 422, 409
SEND, EDIT = "send", "edit"


@require_http_methods(SHOW_AND_ACT)
@for_who_runs_it
def call(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    """What is missing, words that are ready, and how many to ask."""
    now = timezone.now()
    count = counting.of(work_day, now=now)
    helpers = calls.whom(work_day=work_day, by=resident, now=now)
    most, missing = len(helpers.recipients), gaps.in_words(count)
    ready = forms.ready_call(work_day, missing) | forms.new_key()
    initial = {**ready, "how_many": calls.suggested(count, among=most)}
    form = CallForm(request.POST or None, most=most, initial=initial)
    context = {"count": count, "missing": missing, "most": most, "left_out": dict(helpers.left_out)}
    page = Page(request, resident, work_day, form, "run_call", context)
    if not page.is_sent:
        asked = helpers.recipients[: form.cleaned_data["how_many"]] if page.is_ready else []
        by_hand = sum(not each.is_by_email for each in asked)
        stops = calls.why_not(work_day, now=now) or ("" if most else calls.NobodyToAsk().sentence)
        return page.shown(stops=stops, number=len(asked), by_hand=by_hand)
    said = {name: form.cleaned_data[name] for name in ("subject", "words", "how_many")}
    try:
        letter = calls.call(work_day=work_day, by=resident, key=form.key_for(work_day), now=now, **said)
    except Refusal as refusal:
        return page.refused(refusal)
    return redirect("engagement:run_letter", pk=work_day.pk, letter=letter.pk)


@require_http_methods(SHOW_AND_ACT)
@for_who_runs_it
def write(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    """To those who signed up, or to all members."""
    now = timezone.now()
    form = WriteForm(request.POST or None, shifts=list(work_day.shifts.all()), initial=forms.new_key())
    page = Page(request, resident, work_day, form, "run_write", {})
    if not page.is_ready:
        return page.shown(stops=writing.why_not(work_day, now=now))
    about: dict[str, Any] = {"work_day": work_day, "by": resident, "readers": form.readers, "shift": form.shift}
    if not page.is_sent:
        addressees, left_out = writing.reached(**about)
        by_hand = sum(each.channel != Channel.EMAIL for each in addressees)
        return page.shown(number=len(addressees), by_hand=by_hand, left_out=dict(left_out), to=form.readers_in_words)
    said = {name: form.cleaned_data[name] for name in ("subject", "words")}
    try:
        letter = writing.write(key=form.key_for(work_day), now=now, **about, **said)
    except Refusal as refusal:
        return page.refused(refusal)
    return redirect("engagement:run_letter", pk=work_day.pk, letter=letter.pk)


@require_safe
@for_who_runs_it
def letter(request: HttpRequest, resident: Resident, work_day: WorkDay, *, letter: int) -> HttpResponse:
    """One letter, and how far it is: numbers, and nobody's address."""
    written = get_object_or_404(CoordinatorLetter.objects.select_related("shift"), work_day=work_day, pk=letter)
    progress = get_object_or_404(Mailing.objects.with_progress(), coordinator_letter=written)
    context = {"work_day": work_day, "meeting": work_day.meeting, "letter": written, "mailing": progress}
    return render(request, "pages/space/run_letter.html", context)


class Page:
    """The three faces of a page that sends: the words, what would leave and to how many, and what was refused."""

    def __init__(
        self,
        request: HttpRequest,
        resident: Resident,
        work_day: WorkDay,
        form: LetterForm,
        template: str,
        context: Mapping[str, Any],
    ) -> None:
        self.request, self.form, self.template = request, form, template
        self.is_ready = request.method == "POST" and form.is_valid() and EDIT not in request.POST
        self.is_sent = self.is_ready and SEND in request.POST
        signed = names.of_coordinator(resident, work_day)
        about = {"work_day": work_day, "meeting": work_day.meeting, "form": form, "signed": signed}
        self.context = {**about, **context}

    def shown(self, *, stops: str = "", **more: Any) -> HttpResponse:
        template = "run_preview" if self.is_ready else self.template
        wrong = self.form.is_bound and bool(self.form.errors)
        context = {**self.context, "stops": stops, **more}
        return render(self.request, f"pages/space/{template}.html", context, status=WRONG if wrong else 200)

    def refused(self, refusal: Refusal) -> HttpResponse:
        self.form.add_error(None, refusal.sentence)
        return render(self.request, f"pages/space/{self.template}.html", self.context, status=REFUSED)

"""After the day, in the space of whoever ran it: they tell it, with pictures, and thank everyone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods as accept
from django.views.decorators.http import require_POST, require_safe

from communities.models import Resident
from engagement import kept_files
from engagement.models import DayPicture, WorkDay
from engagement.refusals import Refusal
from engagement.volunteering.coordinating.guard import for_who_runs_it
from engagement.volunteering.presence import figures

from . import accounts, thanks
from .forms import AccountForm, ThanksForm

SHOW_AND_ACT = ["GET", "HEAD", "POST"]
REFUSED, WRONG = 409, 422


@accept(SHOW_AND_ACT)
@for_who_runs_it
def account(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    told = accounts.of(work_day)
    room = accounts.MOST_PICTURES - (told.pictures.count() if told else 0)
    is_posted = request.method == "POST"
    initial = {"words": told.words if told else ""}
    form = AccountForm(request.POST if is_posted else None, request.FILES or None, initial=initial, room=room)
    if not is_posted:
        return account_page(request, work_day, form)
    if not form.is_valid():
        return account_page(request, work_day, form, status=WRONG)
    received = form.cleaned_data.get("pictures")
    try:
        accounts.write(
            work_day=work_day,
            words=form.cleaned_data["words"],
            pictures=received.pictures if received else (),
            by=resident,
            now=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return account_page(request, work_day, form, status=REFUSED)
    if received and received.refusals:
        return account_page(request, work_day, form, refused=received.refusals)
    return redirect("engagement:run_account", work_day.pk)


def account_page(
    request: HttpRequest, work_day: WorkDay, form: AccountForm, status: int = 200, **more: Any
) -> HttpResponse:
    told = accounts.of(work_day)
    context = {
        "work_day": work_day,
        "meeting": work_day.meeting,
        "form": form,
        "account": told,
        "pictures": told.pictures.select_related("file").defer("file__content") if told else (),
        "needs_a_look": accounts.needs_a_look(work_day),
        **more,
    }
    return render(request, "pages/space/day_account.html", context, status=status)


@require_safe
@for_who_runs_it
def picture(request: HttpRequest, resident: Resident, work_day: WorkDay, picture: int) -> HttpResponse:
    """As it was sent, for whoever runs the day alone."""
    return kept_files.given(picture_of(work_day, picture).file, to_everyone=False)


@require_POST
@for_who_runs_it
def drop_picture(request: HttpRequest, resident: Resident, work_day: WorkDay, picture: int) -> HttpResponse:
    accounts.drop_picture(picture=picture_of(work_day, picture))
    return redirect("engagement:run_account", work_day.pk)


def picture_of(work_day: WorkDay, pk: int) -> DayPicture:
    return get_object_or_404(DayPicture.objects.select_related("file"), pk=pk, account__work_day=work_day)


@accept(SHOW_AND_ACT)
@for_who_runs_it
def thank(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    """To how many, with what; and one button."""
    form = ThanksForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            thanks.thank(work_day=work_day, words=form.cleaned_data["words"], by=resident, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            status = REFUSED
        else:
            return redirect("engagement:run_thank", work_day.pk)
    context = {
        "work_day": work_day,
        "meeting": work_day.meeting,
        "form": form,
        "figures": figures.of(work_day),
        "readers": len(thanks.addressees_of(work_day)) if not work_day.thanked_at else 0,
        "account": accounts.of(work_day),
    }
    return render(
        request, "pages/space/day_thanks.html", context, status=WRONG if form.errors and status == 200 else status
    )

"""What was just done, said once at the top of the next page? The address names it; nothing else is believed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagement.models import WorkDay

SAID: dict[str, str | Promise] = {
    "made": _("It is written down, as a draft: nobody but those who coordinate sees it yet."),
    "changed": _("The change is written down."),
    "published": _("It is published: everyone can sign up. Nobody has been written to yet."),
    "proposed": _("The town hall has your proposal. A letter tells you what it says."),
    "taken-back": _("It is a draft again: you can change it and propose it later."),
    "dropped": _("The draft is gone."),
    "invited": _("The invitations leave."),
    "again": _("The same work day is written down on another day, as a draft. Check it, then publish it."),
    "repeated": _("The days are written down, as drafts. Check them, then publish them."),
}
"""Other parts of the work add theirs: a name, and a sentence."""


def to(work_day: WorkDay, name: str) -> HttpResponse:
    """Its page, saying that."""
    return redirect(reverse("engagement:run_work_day", args=[work_day.pk], query={"done": name}))


def said_in(request: HttpRequest) -> str:
    return str(SAID.get(request.GET.get("done", ""), ""))

"""The page behind the letter that asks whether to keep someone: it shows, its buttons act."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods as accept
from django.views.decorators.http import require_safe

from communities.models import Resident

from . import contacts

KEEP, ERASE = "garder", "effacer"


class ChoiceForm(forms.Form):
    """Which of the two buttons was pressed."""

    choice = forms.ChoiceField(choices=[(KEEP, ""), (ERASE, "")])


@csrf_exempt
@never_cache
@accept(["GET", "HEAD", "POST"])
def keep_contact(request: HttpRequest, token: str) -> HttpResponse:
    """One large button, for the choice made in the letter; the other one below."""
    person = contacts.find(token=token)
    if person is None:
        return render(request, "pages/link_not_valid.html", status=404)
    form = ChoiceForm(request.POST)
    if request.method == "POST" and form.is_valid():
        return take(person, token, form.cleaned_data["choice"])
    context = {
        "resident": person,
        "is_kept": contacts.is_kept(person),
        "erases": request.GET.get("choix") == ERASE,
    }
    return render(request, "pages/keep_contact.html", context)


def take(person: Resident, token: str, choice: str) -> HttpResponse:
    if choice == ERASE:
        contacts.let_go(person=person, now=timezone.now())
        return redirect("communities:contact_erased")
    contacts.keep(person=person, now=timezone.now())
    return redirect("communities:keep_contact", token=token)


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Says it to whoever opens it: it knows nobody."""
    return render(request, "pages/contact_erased.html")

"""What does the staff's desk answer when a rule refuses what someone asked for, on whichever of Wagtail's pages?"""

import logging
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail.users.models import UserProfile

from communities.picture_rights.refusals import Refusal as PictureRefusal
from communities.staff import StaffRequest
from meetings import keeping, refusals

logger = logging.getLogger(__name__)

SAYING = (refusals.Refusal, PictureRefusal)
REFUSALS = (*SAYING, ValidationError, ProtectedError)
INCOMPLETE = _("Something is missing in it: open the draft and publish it there, and each field will say what.")
NEEDED = _("Something else still depends on it: it stays.")


class RefusalMiddleware:
    """In the admin, a refusal becomes a sentence on the page it came from.

    Nothing was half done: Wagtail publishes, approves and deletes in a transaction, which the refusal ended.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: StaffRequest, trouble: Exception) -> HttpResponse | None:
        if not isinstance(trouble, REFUSALS) or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if not isinstance(trouble, SAYING):
            logger.warning("Refused: %s %s", request.method, request.path, exc_info=trouble)
        with translation.override(UserProfile.get_for_user(request.user).get_preferred_language()):
            messages.error(request, why(trouble))
        return lead_back(request)


def why(trouble: Exception) -> str:
    if isinstance(trouble, SAYING):
        return trouble.sentence
    return str(INCOMPLETE if isinstance(trouble, ValidationError) else NEEDED)


def lead_back(request: HttpRequest) -> HttpResponse:
    """To where the person was; a window over the page is told to close and to go there."""
    address = where_from(request)
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        step = {"step": "success", "redirect": address}
        window: HttpResponse = render_modal_workflow(request, "", None, {}, json_data=step)
        return window
    return redirect(address)


def where_from(request: HttpRequest) -> str:
    """The page that is to come next, or the one before; never one that was just refused."""
    asked: str = get_valid_next_url_from_request(request)
    before = request.headers.get("referer", "")
    is_ours = url_has_allowed_host_and_scheme(before, {request.get_host()})
    if not asked and is_ours and (request.method == "POST" or urlsplit(before).path != request.path):
        return before
    return asked or reverse("wagtailadmin_home")


def before_deleting(request: HttpRequest, page: Page) -> None:
    """A hook: what residents know of stays."""
    keeping.refuse_to_delete(pages=[page])


def before_unpublishing(request: HttpRequest, page: Page) -> None:
    """A hook: the page that residents were sent to stays."""
    keeping.refuse_to_unpublish(pages=[page])


def before_moving(request: HttpRequest, page: Page, parent: Page) -> None:
    """A hook: the page that residents were sent to stays where it is."""
    keeping.refuse_to_move(pages=[page], parent=parent)


def before_acting_on_several(request: HttpRequest, action: str, chosen: Sequence[Any], view: Any) -> None:
    """A hook: what residents know of stays, with all that was to go with it."""
    pages = [each for each in chosen if isinstance(each, Page)]
    if action == "delete":
        keeping.refuse_to_delete(pages=pages)
    elif action == "unpublish":
        keeping.refuse_to_unpublish(pages=pages)
    elif action == "move":
        keeping.refuse_to_move(pages=pages, parent=view.cleaned_form.cleaned_data["chooser"])

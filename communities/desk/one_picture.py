"""One picture at the desk: who is on it, what was signed, where it stands; withdrawn and shown again in one gesture."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.images.models import Image

from communities import permissions
from communities.models import PictureRights
from communities.picture_rights import forms, paper_form, saying, small, usage
from communities.staff import StaffRequest


class OnePicture(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]  # Wagtail is untyped
    """What is known of it, and what may be done."""

    template_name = "communities/admin/picture_rights.html"
    header_icon = "image"
    request: StaffRequest
    kwargs: dict[str, Any]

    @cached_property
    def rights(self) -> PictureRights:
        return the_rights(self.kwargs["pk"])

    def get_header_title(self) -> str:
        return _("Rights to the picture “%(title)s”") % {"title": self.rights.image.title}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        every = {"url": reverse("picture_rights:index"), "label": gettext_lazy("Rights to pictures")}
        return [*super().breadcrumbs_items, every, {"url": "", "label": self.rights.image.title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_say = permissions.may_say_picture_rights(self.request.user)
        today = timezone.localdate()
        return super().get_context_data(**kwargs) | {
            "rights": self.rights,
            "image": self.rights.image,
            "state": self.rights.state_on(today),
            "pages": usage.pages_with(self.rights.image),
            "authorisations": self.rights.authorisations.all() if may_say else [],
            "today": today,
            "may_say": may_say,
            "saying": kwargs.get("saying") or forms.RightsForm(instance=self.rights),
            "signing": kwargs.get("signing") or forms.AuthorisationForm(auto_id="signed_%s"),
        }


def the_rights(pk: int) -> PictureRights:
    """Those of the picture whose key is in the address; begun for one that came without a form."""
    image = get_object_or_404(Image, pk=pk)
    rights, _made = PictureRights.objects.select_related("image").get_or_create(image=image)
    return rights


def refilled(request: StaffRequest, pk: int, **filled: Any) -> HttpResponse:
    """The page again, with what was typed and what is wrong in it."""
    messages.error(request, _("Nothing was kept: look at what is marked."))
    view = OnePicture()
    view.setup(request, pk=pk)
    return view.render_to_response(view.get_context_data(**filled))


def back(pk: int) -> HttpResponse:
    return redirect("picture_rights:inspect", pk)


@require_POST
def say(request: StaffRequest, pk: int) -> HttpResponse:
    """Who is on it, who made it."""
    rights = the_rights(pk)
    form = forms.RightsForm(request.POST, instance=PictureRights(image=rights.image))
    if not form.is_valid():
        return refilled(request, pk, saying=form)
    saying.say(image=rights.image, by=request.user, today=timezone.localdate(), **form.cleaned_data)
    messages.success(request, _("It is written down who is recognised on this picture."))
    return back(pk)


@require_POST
def authorise(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down a signed paper."""
    form = forms.AuthorisationForm(request.POST, auto_id="signed_%s")
    if not form.is_valid():
        return refilled(request, pk, signing=form)
    now = timezone.now()
    saying.authorise(
        rights=the_rights(pk), by=request.user, now=now, today=timezone.localdate(now), **form.cleaned_data
    )
    messages.success(request, _("The authorisation is written down."))
    return back(pk)


@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """The whole picture, or what was signed for one minor: either way it is nowhere any more."""
    rights, now, asked = the_rights(pk), timezone.now(), request.POST.get("authorisation", "")
    signed = None
    if asked:
        found = rights.authorisations.filter(pk=int(asked)) if asked.isdecimal() and len(asked) < 19 else None
        signed = found.first() if found is not None else None
        if signed is None:
            raise Http404
    saying.withdraw(rights=rights, authorisation=signed, by=request.user, now=now, today=timezone.localdate(now))
    messages.success(request, _("The picture is withdrawn: it is shown nowhere any more."))
    return back(pk)


@require_POST
def show_again(request: StaffRequest, pk: int) -> HttpResponse:
    saying.show_again(rights=the_rights(pk), by=request.user, today=timezone.localdate())
    messages.success(request, _("The picture is no longer withdrawn: what is authorised counts again."))
    return back(pk)


def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Its small version, for the desk alone, wherever its file lies."""
    content = small.jpeg(get_object_or_404(Image, pk=pk))
    if content is None:
        raise Http404
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="image/jpeg", headers=headers)


def paper(request: StaffRequest, pk: int) -> HttpResponse:
    """The form to be signed, as a PDF."""
    content = paper_form.pdf(rights=the_rights(pk), language=get_language() or "fr")
    name = f'inline; filename="autorisation-{pk}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})

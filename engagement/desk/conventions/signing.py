"""The pages on which the town hall notes signatures, asks for them, and notes the end."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from communities.staff import StaffRequest
from engagement.conventions import documents, ending, freezing, on_screen, signing
from engagement.ledger import means
from engagement.models import Side
from engagement.refusals import Refusal

from .forms import AskForm, AskResidentForm, EndForm, PaperForm
from .of_a_convention import OfAConvention


class ToBeSigned(OfAConvention):
    """A page about a text that is out for signature: any other is only shown, with the reason."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.convention.is_proposed:
            return self.explain(freezing.NotProposed())
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]  # of the view beside it

    @cached_property
    def awaited(self) -> list[Side]:
        """Those that have not signed."""
        signed = set(self.convention.signatures.values_list("side", flat=True))
        return [side for side in documents.SIDES if side not in signed]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(effects=means.before_signing(convention=self.convention), **kwargs)


class NotePaper(ToBeSigned, FormView):  # type: ignore[misc]  # Wagtail is untyped
    """A sheet signed by hand, with its scan."""

    page_title = gettext_lazy("Signed on paper")
    template_name = "engagement/admin/note_paper.html"
    form_class = PaperForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"sides": self.awaited}

    def form_valid(self, form: PaperForm) -> HttpResponse:
        said = form.cleaned_data
        hands = [
            signing.Hand(side, said[f"{side}_name"], said[f"{side}_quality"])
            for side in self.awaited
            if said[f"{side}_name"]
        ]
        try:
            signing.on_paper(
                convention=self.convention,
                hands=hands,
                signed_on=said["signed_on"],
                scan=said["scan"],
                by=self.request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        if self.convention.is_signed:
            return self.say(_("Both sides have signed: the convention is in force, and both are told."))
        return self.say(_("The signature is noted. The other side’s is still awaited."))

    def form_invalid(self, form: PaperForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class AskToSign(ToBeSigned, TemplateView):  # type: ignore[misc]
    """A form for each side that has not signed; its button sends the letter."""

    page_title = gettext_lazy("Ask for signatures on screen")
    template_name = "engagement/admin/ask_to_sign.html"

    def forms(self, side_posted: str = "") -> dict[str, Any]:
        """By side; the one that was posted with what was typed."""
        made: dict[str, Any] = {}
        for side in self.awaited:
            data = self.request.POST if side == side_posted else None
            own = {"project": self.convention.project} if side == Side.RESIDENTS else {}
            kind: Any = AskResidentForm if side == Side.RESIDENTS else AskForm
            made[side.value] = kind(data, prefix=side.value, **own)
        return made

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**({"forms": self.forms()} | kwargs))

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        side = request.POST.get("side", "")
        forms = self.forms(side)
        form = forms.get(side)
        if form is None:
            return self.explain(signing.SignedAlready())
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(forms=forms), status=422)
        try:
            asked = on_screen.ask(
                convention=self.convention, side=Side(side), by=request.user, now=timezone.now(), **signatory(form)
            )
        except Refusal as refusal:
            return self.explain(refusal)
        words = _("%(name)s is asked to sign, at %(email)s.")
        return self.say(words % {"name": asked.name, "email": asked.email})


def signatory(form: Any) -> dict[str, Any]:
    """Whom the letter goes to: a resident, or somebody at the town hall."""
    said = form.cleaned_data
    if mate := said.get("mate"):
        resident = mate.resident
        return {"name": resident.name, "quality": said["quality"], "email": resident.email, "resident": resident}
    return {"name": said["name"], "quality": said["quality"], "email": said["email"]}


class EndConvention(OfAConvention, FormView):  # type: ignore[misc]
    """On a day, for a reason; it cannot be undone."""

    page_title = gettext_lazy("End the convention")
    template_name = "engagement/admin/end_convention.html"
    form_class = EndForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.convention.is_signed:
            return self.explain(ending.NotInForce())
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"today": timezone.localdate()}

    def form_valid(self, form: EndForm) -> HttpResponse:
        try:
            ending.end(convention=self.convention, by=self.request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return self.say(_("The convention has ended: both sides are told."))

    def form_invalid(self, form: EndForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

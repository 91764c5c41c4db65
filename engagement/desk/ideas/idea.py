"""One idea at the desk: all that was proposed, what the examination says of it, and where it may pass from here."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views import generic

from communities.permissions import may_see_addresses, may_see_residents
from communities.staff import StaffRequest
from engagement import passing, permissions
from engagement.desk import place, reading, steps
from engagement.desk.placing import PlacePage
from engagement.examining import noting, publishing, typing_in
from engagement.ideas import drafting
from engagement.ideas.forms import PicturesForm
from engagement.models import Idea
from engagement.models.idea import IdeaQuerySet
from engagement.uploads.fields import Received as ReceivedPictures

from .forms import WORDS, ExaminationForm, NoteForm, PictureFormSet, TypedIdeaForm

PERSON = ("name", "email", "phone", "street", "postcode", "city")


class Received:
    """Drafts are nobody's business: the desk does not know them."""

    def get_queryset(self) -> IdeaQuerySet:
        return Idea.objects.submitted()


class ShowIdea(generic.InspectView):  # type: ignore[misc]  # Wagtail is untyped
    """All of it on one page; each form posts to an address of its own."""

    template_name = "engagement/admin/idea.html"
    page_title = gettext_lazy("Idea")

    def get_object(self, queryset: object = None) -> Idea:
        return get_object_or_404(reading.ideas().select_related("merged_into", "typed_in_by"), pk=self.kwargs["pk"])

    @cached_property
    def ways(self) -> list[dict[str, Any]]:
        """Where this person may let it pass: a label and an address each."""
        found = passing.ways_on(self.object, by=passing.Actor(user=self.request.user))
        address = "ideas_desk:pass"
        return [
            {
                "label": steps.of_idea(self.object, stage).button,
                "url": reverse(address, args=[self.object.pk, stage]),
            }
            for stage in steps.IDEA_STEPS
            if stage in found
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        idea, now, user = self.object, timezone.now(), self.request.user
        may_examine = permissions.may_examine_ideas(user)
        return super().get_context_data(**kwargs) | {
            "idea": idea,
            "days": idea.days_since_received(now),
            "is_overdue": idea.is_overdue(timezone.localdate(now)),
            "ways": self.ways,
            "may_examine": may_examine,
            "may_see_names": may_see_residents(user),
            "may_see": may_see_addresses(user),
            "adding": PicturesForm(room=drafting.room_for_pictures(idea)),
            "pictures": PictureFormSet(queryset=idea.pictures.select_related("file").defer("file__content")),
            "answers": list(idea.answers.select_related("noted_by")),
            "notes": list(idea.notes.select_related("by")),
            "passages": list(idea.passages.public().select_related("by", "by_resident")),
            "twins": list(idea.twins.all()),
            "project": getattr(idea, "project", None),
            "joining": idea.supports.filter(confirmed_at__isnull=False, joins=True).count(),
            "examination": ExaminationForm(instance=idea) if may_examine else None,
            "note_form": NoteForm(),
            **place.of(idea),
        }


class RewordIdea(Received, generic.EditView):  # type: ignore[misc]
    """Its words, for everyone to understand them; its stage is none of them."""

    success_message = gettext_lazy("The words are changed; those before are in the private notes.")

    def save_instance(self) -> Idea:
        words = {name: self.form.cleaned_data[name] for name in WORDS}
        idea = Idea.objects.get(pk=self.object.pk)
        publishing.reword(idea=idea, words=words, by=self.request.user, now=timezone.now())
        return idea

    def get_success_url(self) -> str:
        return reverse("ideas_desk:inspect", args=[self.object.pk])


class TypeInIdea(generic.CreateView):  # type: ignore[misc]
    """Someone at the desk, or a sheet of paper."""

    page_subtitle = gettext_lazy("Type in an idea")
    submit_button_label = gettext_lazy("The town hall received this idea")
    success_message = gettext_lazy("The idea is received, and a letter says so to whoever proposes it.")
    error_message = gettext_lazy("The idea is not kept yet: complete what is marked below.")
    form: TypedIdeaForm

    def save_instance(self) -> Idea:
        said = dict(self.form.cleaned_data)
        person = {name: said.pop(name) for name in PERSON}
        return typing_in.type_in(fields=said, person=person, by=self.request.user, now=timezone.now())

    def get_success_url(self) -> str:
        return reverse("ideas_desk:inspect", args=[self.object.pk])


class PlaceIdea(PlacePage):
    """Where it would be."""

    header_icon = "comment"

    @cached_property
    def thing(self) -> Idea:  # type: ignore[override]  # found once
        return received(self.kwargs["pk"])

    @property
    def back_url(self) -> str:  # type: ignore[override]  # told by the idea
        return reverse("ideas_desk:inspect", args=[self.thing.pk])


def received(pk: int) -> Idea:
    return get_object_or_404(Idea.objects.submitted(), pk=pk)


def back(idea: Idea) -> HttpResponse:
    return redirect("ideas_desk:inspect", idea.pk)


@require_POST
def examine(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep what the examination says."""
    idea = received(pk)
    form = ExaminationForm(request.POST, instance=idea)
    if form.is_valid():
        noting.opine(idea=received(pk), by=request.user, **form.cleaned_data)
        messages.success(request, _("The examination is kept."))
    else:
        messages.validation_error(request, _("The examination is not kept: look at what was filled in."), form)
    return back(idea)


@require_POST
def note(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep a private note."""
    idea, form = received(pk), NoteForm(request.POST)
    if form.is_valid():
        noting.note(idea=idea, words=form.cleaned_data["words"], by=request.user, now=timezone.now())
        messages.success(request, _("The note is kept. It is never published."))
    else:
        messages.error(request, _("Write something first."))
    return back(idea)


@require_POST
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Make it public, or no longer."""
    idea = received(pk)
    if "withhold" in request.POST:
        publishing.withhold(idea=idea, by=request.user)
        messages.success(request, _("This idea is no longer public."))
    else:
        publishing.publish(idea=idea, by=request.user, now=timezone.now())
        messages.success(request, _("This idea is public: residents can support it and join it."))
    return back(idea)


@require_POST
def add_pictures(request: StaffRequest, pk: int) -> HttpResponse:
    """Photographs that came on paper, by letter or on somebody's telephone; not public until they are ticked."""
    idea = received(pk)
    form = PicturesForm(request.POST, request.FILES, room=drafting.room_for_pictures(idea))
    sent = form.cleaned_data["pictures"] if form.is_valid() and "pictures" in form.fields else ReceivedPictures([], [])
    publishing.add_pictures(idea=idea, pictures=sent.pictures, by=request.user, now=timezone.now())
    for refusal in sent.refusals:
        messages.warning(request, refusal)
    if sent.pictures:
        words = ngettext("%(number)s photograph is added.", "%(number)s photographs are added.", len(sent.pictures))
        messages.success(request, words % {"number": len(sent.pictures)})
    elif not sent.refusals:
        messages.error(request, _("Choose a photograph first."))
    return back(idea)


@require_POST
def pictures(request: StaffRequest, pk: int) -> HttpResponse:
    """Which photographs everyone sees, and what each shows."""
    idea = received(pk)
    forms = PictureFormSet(request.POST, queryset=idea.pictures.all())
    if forms.is_valid():
        said = {each["id"].pk: each for each in forms.cleaned_data}
        shown = {key for key, each in said.items() if each["is_public"]}
        words = {key: each["alternative_text"] for key, each in said.items()}
        seen = {key: each["recognisable"] for key, each in said.items()}
        publishing.show_pictures(idea=idea, shown=shown, words=words, recognised=seen, by=request.user)
        messages.success(request, _("The choice of photographs is kept."))
    else:
        messages.error(request, _("The choice of photographs is not kept: look at what was filled in."))
    return back(idea)

"""Which pictures keep a page from being published? Those on which minors are recognised without a paper that allows
it, those that were withdrawn, and those of which nobody has said who is on them.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.images.models import Image
from wagtail.models import Page, ReferenceIndex

from communities.models.picture_rights import BARRED, PictureState

from . import showing
from .refusals import Refusal


class MayNotBeShown(Refusal):
    """A picture of the page may not be shown: take it out, or complete its rights."""


def sentence_about(image: Image, state: PictureState) -> str:
    """Why it cannot be published, and what to do."""
    words = {
        PictureState.TO_SAY: _(
            "Nobody has said who is recognised on the picture “%(title)s”: say it on the picture’s own page first."
        ),
        PictureState.MISSING: _(
            "Minors are recognised on the picture “%(title)s”, and the authorisation of each for the website is not"
            " there: take the picture out, or write down what was signed."
        ),
        PictureState.EXPIRED: _(
            "The authorisation for the picture “%(title)s” has expired: take the picture out, or have it signed again."
        ),
        PictureState.WITHDRAWN: _("The picture “%(title)s” was withdrawn: take it out of the page."),
    }
    return words[state] % {"title": image.title}


def images_of(page: Page, *, without: Collection[str] = ()) -> Iterable[Image]:
    """Every picture that the page names as it stands in memory, published or not: in its fields, its text, its story,
    and in the rows that hang on it, but for the rows named in `without`. Wagtail's own walk, by which it counts where a
    picture is used, so that none is forgotten.
    """
    image = ContentType.objects.get_for_model(Image)
    found = ReferenceIndex._extract_references_from_object(page)
    named = {int(pk) for kind, pk, where, _at in found if kind == image.pk and where.partition(".")[0] not in without}
    return Image.objects.filter(pk__in=named).select_related("rights").order_by("pk") if named else []


def is_refused(image: Image, state: PictureState) -> bool:
    """The pictures that the town showed before anybody was asked go on being shown."""
    rights = showing.rights_of(image)
    return state in BARRED or (state == PictureState.TO_SAY and not (rights and rights.was_there_before))


def refusals_of(*, images: Iterable[Image], today: dt.date) -> list[str]:
    """A sentence for each that may not be published."""
    found = [(image, showing.state_of(image, today=today)) for image in images]
    return [sentence_about(image, state) for image, state in found if is_refused(image, state)]


def refuse(*, page: Page, today: dt.date) -> None:
    """Raises MayNotBeShown."""
    sentences = refusals_of(images=images_of(page), today=today)
    if sentences:
        raise MayNotBeShown(" ".join(sentences))


class PictureCheckedForm(WagtailAdminPageForm):  # type: ignore[misc]  # Wagtail is untyped
    """Whoever presses “Publish” reads at once which picture cannot be shown; a draft is kept as it is."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.is_deferred_validation:
            self.refuse_pictures(timezone.localdate())

    def refuse_pictures(self, today: dt.date) -> None:
        """Beside its row where it has one, above the page otherwise."""
        for words in refusals_of(images=images_of(self.instance, without=self.formsets), today=today):
            self.add_error(None, words)
        for formset in self.formsets.values():
            for row in formset.forms if formset.is_valid() else []:
                image = row.cleaned_data.get("image")
                gone = row.cleaned_data.get("DELETE")
                for words in refusals_of(images=[image] if image and not gone else [], today=today):
                    row.add_error("image", words)


class ShowsPictures:
    """For a page that can hold pictures: however it comes to be published, by a button, an hour, a workflow or many at
    once, its pictures are asked. What Wagtail stamps when it publishes is how we know that it does.
    """

    base_form_class = PictureCheckedForm

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if is_being_published(self, kwargs.get("update_fields")):
            refuse(page=self, today=timezone.localdate(self.last_published_at))  # type: ignore[attr-defined]
        return super().save(*args, **kwargs)  # type: ignore[misc]


def is_being_published(page: Any, fields: Iterable[str] | None) -> bool:
    if not page.live or page.pk is None or page.last_published_at is None or fields is not None:
        return False
    return not Page.objects.filter(pk=page.pk, live=True, last_published_at=page.last_published_at).exists()

"""How does a form ask for photographs and papers? With its limits said in advance, and without losing the good ones."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from . import cleaning, names, refusals
from .cleaning import CleanFile, CleanPicture

PICTURE_KINDS = "image/jpeg,image/png,image/webp,image/avif,image/gif,image/heic,image/heif,.heic,.heif"
DOCUMENT_KINDS = f"application/pdf,{PICTURE_KINDS}"


def limits(most: int) -> str:
    """What may be sent, said before anything is chosen."""
    said = ngettext(
        "One photograph, %(weight)s MB at most: JPEG, PNG, HEIC, WebP, AVIF or GIF.",
        "Up to %(most)s photographs, %(weight)s MB each at most: JPEG, PNG, HEIC, WebP, AVIF or GIF.",
        most,
    )
    return f"{said} {PRIVACY}" % {"most": most, "weight": refusals.MOST_BYTES // refusals.MEGABYTE}


def document_limits() -> str:
    said = gettext("A PDF or a photograph of the paper, %(weight)s MB at most.")
    return said % {"weight": refusals.MOST_BYTES // refusals.MEGABYTE}


PRIVACY = _("We remove the place and the date that telephones hide in them.")
limits_lazy, document_limits_lazy = lazy(limits, str), lazy(document_limits, str)


class Received(NamedTuple):
    """The photographs that can be kept, and a sentence for each that cannot."""

    pictures: list[CleanPicture]
    refusals: list[str]


class PicturesInput(forms.FileInput):
    """Several files chosen at once, on a telephone from its photographs."""

    allow_multiple_selected = True


class PicturesField(forms.Field):
    """At most `most` photographs, each cleaned; `cleaned_data` holds a Received.

    A bad file never makes the field invalid, so that the good ones are not lost: whoever asks keeps
    `received.pictures` and shows `received.refusals`. Only a required field without one photograph is invalid.
    """

    widget = PicturesInput

    def __init__(self, *, most: int = 6, **kwargs: Any) -> None:
        self.most = most
        kwargs.setdefault("help_text", limits_lazy(most))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"accept": PICTURE_KINDS}

    def clean(self, value: Sequence[UploadedFile] | None) -> Received:
        received = Received([], [])
        for position, file in enumerate(value or []):
            try:
                received.pictures.append(self.take(file, position))
            except refusals.RefusedFile as refused:
                received.refusals.append(refused.about(names.shown(file.name, otherwise=gettext("without a name"))))
        if self.required and not received.pictures:
            raise forms.ValidationError(received.refusals or self.error_messages["required"], code="required")
        return received

    def take(self, file: UploadedFile, position: int) -> CleanPicture:
        if position >= self.most:
            raise refusals.TooMany
        return cleaning.picture(file=file)

    def has_changed(self, initial: object, data: Any) -> bool:
        return bool(data)


class DocumentField(forms.FileField):
    """One scan or proof, cleaned: `cleaned_data` holds a CleanFile, or None where nothing was asked or sent."""

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", document_limits_lazy())
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"accept": DOCUMENT_KINDS}

    def to_python(self, data: UploadedFile | None) -> CleanFile | None:  # type: ignore[override]  # a file made anew
        if not isinstance(data, UploadedFile):
            return None
        try:
            return cleaning.document(file=data)
        except refusals.RefusedFile as refused:
            raise forms.ValidationError(
                refused.about(names.shown(data.name, otherwise=gettext("without a name"))), code="refused"
            ) from refused

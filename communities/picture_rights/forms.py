"""What do staff fill in about who is on a picture?"""

import datetime as dt
from typing import Any

from django import forms
from django.forms.models import modelform_factory
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput
from wagtail.images.forms import BaseImageForm
from wagtail.images.models import Image

from communities.models import PictureAuthorisation, PictureRights, Recognisable, Resident

from . import saying, showing

MOST_MINORS = 200
WHO_SIGNED = ("minor", "first_guardian", "second_guardian", "why_alone", "signed_on", "paper_lies")
WHERE_SHOWN = ("on_site", "in_letters", "in_print", "on_social")


class RightsForm(forms.ModelForm):
    """Who is on it, who made it."""

    minors = forms.IntegerField(
        label=gettext_lazy("How many minors"), required=False, min_value=0, max_value=MOST_MINORS
    )

    class Meta:
        model = PictureRights
        fields = ["recognisable", "minors", "credit", "licence", "remarks"]
        widgets = {"remarks": forms.Textarea({"rows": 3})}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        said["minors"] = said.get("minors") or 0
        refuse_uncounted(self, said)
        return said


class AuthorisationForm(
    modelform_factory(  # type: ignore[misc]  # made at start
        PictureAuthorisation,
        fields=[*WHO_SIGNED, *WHERE_SHOWN, "valid_until"],
        widgets={"signed_on": AdminDateInput, "valid_until": AdminDateInput},
    )
):
    """One signed paper."""

    valid_until = forms.DateField(
        label=gettext_lazy("valid until"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("Left empty: a year after the end of this school year."),
    )

    email = forms.EmailField(
        label=gettext_lazy("E-mail of a guardian, if they are in the file of residents"),
        required=False,
        help_text=gettext_lazy("Then what they signed is told to them, and goes, when they ask for their data."),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        email = said.pop("email", "")
        said["resident"] = Resident.objects.known().filter(email__iexact=email).first() if email else None
        signed_on: dt.date | None = said.get("signed_on")
        if signed_on and not said.get("valid_until"):
            said["valid_until"] = saying.usual_end(signed_on)
        if signed_on and signed_on > timezone.localdate():
            self.add_error("signed_on", _("This day is still to come."))
        ends = said.get("valid_until")
        if signed_on and ends and ends < signed_on:
            self.add_error("valid_until", _("This day is before it was signed."))
        if not said.get("second_guardian") and not said.get("why_alone"):
            self.add_error("why_alone", _("Name the other guardian above, or say why only one signs."))
        if not any(said.get(scope) for scope in WHERE_SHOWN):
            self.add_error("on_site", _("Tick what the paper allows."))
        return said


class ImageForm(BaseImageForm):  # type: ignore[misc]  # Wagtail is untyped
    """Wagtail's, wherever a picture comes in or is changed, with the one question."""

    recognisable = forms.ChoiceField(
        label=gettext_lazy("Who is recognised on it?"), choices=Recognisable.choices, required=False
    )
    minors = forms.IntegerField(
        label=gettext_lazy("How many minors"), required=False, min_value=0, max_value=MOST_MINORS
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.had_a_file = bool(self.instance.pk)
        question = self.fields["recognisable"]
        question.help_text = _("A picture whose answer is missing cannot be published.")
        rights = showing.rights_of(self.instance) if self.instance.pk else None
        if self.instance.pk:
            way = reverse("picture_rights:inspect", args=[self.instance.pk])
            state = showing.state_of(self.instance, today=timezone.localdate()).label
            words = _("Rights to this picture: %(state)s") % {"state": state}
            question.help_text = format_html('{} <a href="{}">{}</a>', question.help_text, way, words)
        if rights:
            question.initial, self.fields["minors"].initial = rights.recognisable, rights.minors

    @property
    def is_another_file(self) -> bool:
        return self.had_a_file and "file" in self.changed_data

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean()
        refuse_uncounted(self, said)
        return said

    def save(self, commit: bool = True) -> Any:
        image = super().save(commit=commit)
        if commit:
            self.say(image)
        return image

    def say(self, image: Image) -> None:
        """Another file is another picture: what was said of the one before does not count for it."""
        said = self.cleaned_data.get("recognisable") or ""
        is_another = self.is_another_file and "recognisable" not in self.changed_data
        if said or is_another or showing.rights_of(image) is None:
            saying.say(
                image=image,
                recognisable=Recognisable(said) if said and not is_another else Recognisable.UNKNOWN,
                minors=self.cleaned_data.get("minors") or 0,
                by=None,
                today=timezone.localdate(),
                is_another_file=self.is_another_file,
            )


def refuse_uncounted(form: forms.BaseForm, said: dict[str, Any]) -> None:
    if said.get("recognisable") == Recognisable.MINORS and not said.get("minors"):
        form.add_error("minors", saying.MinorsAreCounted.MESSAGE)

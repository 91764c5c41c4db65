"""What do we ask about thanks? How the day went, a word for those who were there, and who would be named."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms import plain_name
from engagement.uploads.fields import PicturesField


class AccountForm(forms.Form):
    """How the day went; `room` pictures may still come."""

    words = forms.CharField(
        label=_("What was done"),
        max_length=3000,
        required=False,
        help_text=_("Everyone reads it: what was done, what is left to do. No name without a yes."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, room: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if room > 0:
            self.fields["pictures"] = PicturesField(label=_("Add photographs"), required=False, most=room)


class ThanksForm(forms.Form):
    """A word to all of them."""

    words = forms.CharField(
        label=_("Your word of thanks"),
        max_length=1000,
        help_text=_("It stands at the top of the letter, above what was done."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ChoicesForm(forms.Form):
    """Two ticks, neither in advance."""

    in_public = forms.BooleanField(label=_("My first name may be thanked in public"), required=False)
    shown_as = forms.CharField(
        label=_("As everyone reads it"),
        max_length=40,
        required=False,
        validators=[plain_name],
        help_text=_("A first name is enough."),
    )
    yearly = forms.BooleanField(label=_("Send me a letter each January with my hours of the year"), required=False)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("in_public") and "shown_as" in cleaned and not cleaned["shown_as"]:
            self.add_error("shown_as", _("Say under which name."))
        return cleaned

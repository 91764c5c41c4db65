"""What is asked of whoever signs on screen, and of whoever checks a text?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms import plain_name


class HandForm(forms.Form):
    """The code of the letter, and the hand under the text."""

    code = forms.CharField(
        label=_("the six figures of our letter"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    name = forms.CharField(
        label=_("your first name and name"),
        max_length=160,
        validators=[plain_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    quality = forms.CharField(
        label=_("in what quality"),
        max_length=160,
        required=False,
        help_text=_("For yourself, or as president of an association, headteacher, mayor."),
    )
    agrees = forms.BooleanField(label=_("I have read this whole text, and I sign it."))


class VerifyForm(forms.Form):
    """A code, and the fingerprint of the text one has."""

    code = forms.CharField(
        label=_("the code of the convention"),
        max_length=40,
        help_text=_("Ten letters and figures, at the end of the text."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    fingerprint = forms.CharField(
        label=_("the fingerprint of your text"),
        max_length=200,
        required=False,
        help_text=_("To compare it with ours: 64 figures and letters, printed below the code."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def said(self) -> dict[str, Any]:
        return self.cleaned_data if self.is_valid() else {}

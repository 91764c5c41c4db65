"""What do we ask of whoever wants to come into their space?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms import tidy_email
from communities.robots import HoneypotForm


class EnterForm(HoneypotForm):
    """An address, and nothing that says whether we know it."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The one at which you receive our letters."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    way_on = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)
    field_order = ["email"]

    def clean_email(self) -> str:
        return tidy_email(self.cleaned_data["email"])


class CodeForm(forms.Form):
    """Six figures, typed as one likes."""

    code = forms.CharField(
        label=_("The six figures of the letter"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class DeviceForm(forms.Form):
    """Which browser to sign out."""

    device = forms.IntegerField(min_value=1, max_value=2**63 - 1)

"""What do we ask of a resident who looks after their own data?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities import residents
from communities.forms import plain_name, tidy_email
from communities.models import Resident

from .correcting import FIELDS

COMPLETES = {
    "name": "name",
    "phone": "tel",
    "street": "street-address",
    "postcode": "postal-code",
    "city": "address-level2",
}


class CorrectForm(forms.ModelForm):
    """Who they are, as it stands."""

    class Meta:
        model = Resident
        fields = list(FIELDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].label = _("In which language shall we write to you?")
        for name, filled in COMPLETES.items():
            self.fields[name].widget.attrs["autocomplete"] = filled

    def clean_name(self) -> str:
        return self.a_name("name")

    def clean_second_name(self) -> str:
        return self.a_name("second_name")

    def a_name(self, field: str) -> str:
        plain_name(self.cleaned_data[field])
        tidied = residents.tidy_name(self.cleaned_data[field])
        if self.cleaned_data[field] and not tidied:
            raise forms.ValidationError(_("Please write a name only."), code="not_a_name")
        return tidied


class NewAddressForm(forms.Form):
    """Where to write from now on."""

    email = forms.EmailField(
        label=_("Your new e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        return tidy_email(self.cleaned_data["email"])


class EraseForm(forms.Form):
    """Nothing to type: a tick, then a button that says what it does."""

    understood = forms.BooleanField(
        label=_("I have read what goes and what stays. I know that this cannot be undone."),
        error_messages={"required": _("Tick this box first: erasing cannot be undone.")},
    )

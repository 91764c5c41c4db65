"""What do we ask of whoever wants a certificate?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms import plain_name, tidy_email
from communities.robots import HoneypotForm

from .certificate_printing import LONGEST_NAME


def name_field() -> forms.CharField:
    return forms.CharField(
        label=_("Your name"),
        help_text=_("As you would like to read it on the certificate."),
        max_length=LONGEST_NAME,
        validators=[plain_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class CertificateForm(HoneypotForm):
    """A name and an address: the same answer for everyone."""

    name = name_field()
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The one that the town hall or the team knows you by."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ["name", "email"]

    def clean_email(self) -> str:
        return tidy_email(self.cleaned_data["email"])


class NameForm(forms.Form):
    """The name on a certificate, changed by its bearer."""

    name = name_field()

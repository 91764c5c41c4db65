"""What the town hall fills in at its desk: a venue, an answer heard on the telephone, somebody at the counter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.folding import fold
from communities.models import Town
from meetings.models import AnswerChannel, Choice, Help, Venue
from meetings.rsvp import MOST_GUESTS

NO_WAY_TO_REACH = _("Give a telephone number or an e-mail address, so that we can tell them of changes.")
HEARD = [(AnswerChannel.PHONE, _("by telephone")), (AnswerChannel.PAPER, _("on a paper slip or at the desk"))]


class NewVenueForm(forms.ModelForm):
    """The least one must know of a venue; in our town unless said otherwise."""

    class Meta:
        model = Venue
        fields = ["name", "street", "postcode", "city", "capacity", "is_shared", "step_free"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        town = Town.load()
        self.initial = {"postcode": town.postcode, "city": town.city, **self.initial}


class SendForm(forms.Form):
    """How many people whoever presses Send was shown, and whether letters leave in the evening all the same."""

    expecting = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    at_once = forms.BooleanField(required=False, widget=forms.HiddenInput)


class HeardForm(forms.Form):
    """What staff heard or read: by which means, and how many people come along."""

    guests = forms.IntegerField(
        label=_("People who come along"),
        help_text=_("Besides this person."),
        min_value=0,
        max_value=MOST_GUESTS,
        required=False,
        initial=0,
    )
    channel = forms.ChoiceField(label=_("Said"), choices=HEARD, initial=AnswerChannel.PHONE, widget=forms.RadioSelect)

    def clean_guests(self) -> int:
        return self.cleaned_data.get("guests") or 0


class TypedAnswerForm(HeardForm):
    """The answer of someone who was invited."""

    choice = forms.ChoiceField(label=_("Answer"), choices=Choice.choices, widget=forms.RadioSelect)
    help_asked = forms.MultipleChoiceField(
        label=_("What would help them come"),
        help_text=_("Forgotten after the meeting."),
        choices=Help.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["choice", "guests", "help_asked", "channel"]


class NewcomerForm(HeardForm):
    """Someone who was not invited and comes: a name, and a way to reach them."""

    name = forms.CharField(label=_("Name"), max_length=160)
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("They receive one letter, with the calendar entry and a link to change their answer."),
    )
    field_order = ["name", "phone", "email", "guests", "channel"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not (cleaned.get("phone") or cleaned.get("email") or self.errors):
            self.add_error("phone", NO_WAY_TO_REACH)
        return cleaned


# What fingers type for each answer, without accents: in French, and in English.
AS_TYPED = {
    **dict.fromkeys(["o", "oui", "y", "yes"], Choice.YES),
    **dict.fromkeys(["n", "non", "no"], Choice.NO),
    **dict.fromkeys(["p", "peut-etre", "m", "maybe"], Choice.MAYBE),
}


class SlipForm(forms.Form):
    """What is ticked on a slip, in as few keys as possible."""

    choice = forms.CharField(
        label=_("Answer"),
        help_text=_("o for yes, n for no, p for perhaps."),
        max_length=12,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "size": 4}),
        error_messages={"required": _("Type o, n or p.")},
    )
    guests = forms.IntegerField(
        label=_("People who come along"),
        min_value=0,
        max_value=MOST_GUESTS,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "size": 4}),
        error_messages={"invalid": _("Type a number.")},
    )
    lift = forms.BooleanField(label=_("Needs a lift"), required=False)

    def clean_choice(self) -> Choice:
        typed = AS_TYPED.get(fold(self.cleaned_data["choice"].strip()))
        if typed is None:
            raise forms.ValidationError(_("Type o, n or p."), code="unknown")
        return typed

    def clean_guests(self) -> int:
        return self.cleaned_data.get("guests") or 0

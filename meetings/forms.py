"""What residents fill in: an answer, or a wish to come."""

import dataclasses
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms import WishForm, plain_name, tidy_email
from communities.robots import HoneypotForm
from communities.signing_up import Wish

from .models import Choice, Help, MeetingPage
from .rsvp import MOST_GUESTS


class GuestsField(forms.IntegerField):
    """How many people come besides; nothing typed means nobody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("People who come with you"),
            help_text=_("Besides yourself."),
            min_value=0,
            max_value=MOST_GUESTS,
            required=False,
            initial=0,
            error_messages={"max_value": _("You can come with %(limit_value)s people at most.")},
            **kwargs,
        )

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class AnswerForm(forms.Form):
    """Yes, no or maybe; and with a yes, how many people come along."""

    choice = forms.ChoiceField(label=_("Your answer"), choices=Choice.choices, widget=forms.RadioSelect)
    guests = GuestsField()
    help_asked = forms.MultipleChoiceField(
        label=_("What would help you come"),
        help_text=_("The town hall does what it can, and forgets it after the meeting."),
        choices=Help.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class PartyForm(forms.Form):
    """How many people come along, for someone who waits for a seat."""

    guests = GuestsField()


class RegistrationForm(HoneypotForm, WishForm):
    """Come without having been invited: a name, an e-mail address, and boxes of which none is ticked."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        validators=[plain_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("A message will confirm your seat."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    guests = GuestsField()
    field_order = [
        "name",
        "email",
        "guests",
        "communities",
        "neighbourhoods",
        "whole_town",
    ]

    def __init__(self, *args: Any, meeting: MeetingPage, **kwargs: Any) -> None:
        offered = {
            "communities": meeting.communities.all(),
            "neighbourhoods": meeting.neighbourhoods.all(),
        }
        super().__init__(*args, **offered, **kwargs)

    def clean_email(self) -> str:
        return tidy_email(self.cleaned_data["email"])

    def follows(self) -> Wish | None:
        """What they ticked to be told of; None when they only want to come."""
        wish = dataclasses.replace(self.wish(), joins=False)
        return wish if wish else None

"""What is asked of members, and of those who answer them?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms import plain_name, tidy_email

YES, NO = "yes", "no"
MOST_WORDS = 1000


class AnswerForm(forms.Form):
    """Yes or no to a request, with words that its author reads."""

    answer = forms.ChoiceField(choices=[(YES, _("Accept")), (NO, _("Decline"))])
    reply = forms.CharField(
        label=_("A word with the answer"),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("If you like. They read it in the letter."),
    )

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data["answer"] == YES)


class AnswerOneForm(AnswerForm):
    """The same by a coordinator, who says to which request."""

    request = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        return {**self.cleaned_data, "is_yes": self.cleaned_data.get("answer") == YES}


class NothingForm(forms.Form):
    """A button alone."""


class WordsForm(forms.Form):
    """Why somebody would like to enter, or to coordinate."""

    words = forms.CharField(
        label=_("In a few words"), max_length=MOST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ShownNameForm(forms.Form):
    """What the others read."""

    shown_as = forms.CharField(
        label=_("Your name, as the others see it"), max_length=80, required=False, validators=[plain_name]
    )


class InviteForm(forms.Form):
    """One neighbour's address, and the name that the letter is signed with."""

    shown_as = forms.CharField(
        label=_("Your first name"),
        max_length=80,
        validators=[plain_name],
        help_text=_("The letter says who invites."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    address = forms.EmailField(
        label=_("Your neighbour's e-mail address"),
        max_length=254,
        help_text=_("Someone you know. They get one letter, and no reminder."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_address(self) -> str:
        return tidy_email(self.cleaned_data["address"])

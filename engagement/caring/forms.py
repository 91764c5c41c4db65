"""What do we ask whoever looked? How it stands; in more words and with a photograph if they wish."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from engagement.models import CheckState, StewardshipCheck
from engagement.uploads.cleaning import CleanPicture
from engagement.uploads.fields import PicturesField, PicturesInput, Received

from .checking import MOST_WORDS

FOUND = [
    (CheckState.GOOD.value, _("It is done, all is well")),
    (CheckState.NEEDS_WORK.value, _("There is a problem")),
]


class CheckForm(forms.Form):
    """`seen`: when the answer was given that stood on the page, empty for none."""

    state = forms.ChoiceField(choices=FOUND, widget=forms.RadioSelect, label=_("How does it stand?"))
    words = forms.CharField(
        required=False,
        max_length=MOST_WORDS,
        label=_("What did you see?"),
        help_text=_("What was done, what is broken or missing. The town hall reads it; it is not published."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photo = PicturesField(
        required=False, most=1, label=_("A photograph"), widget=PicturesInput(attrs={"multiple": False})
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_photo(self) -> CleanPicture | None:
        """Refused with its reason; the words stay in the form."""
        received: Received = self.cleaned_data["photo"]
        if received.refusals:
            raise forms.ValidationError(received.refusals, code="refused")
        return received.pictures[0] if received.pictures else None

    def clean_seen(self) -> dt.datetime | None:
        """Whatever is not a moment is none."""
        try:
            return parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            return None


def first_values(check: StewardshipCheck, *, asked: str = "") -> dict[str, Any]:
    """What the link in the letter says, else what was said last."""
    said: dict[str, Any] = {"seen": moment(check)}
    if check.is_done:
        said |= {"state": check.state, "words": check.words}
    return said | ({"state": asked} if asked in CheckState.done() else {})


def moment(check: StewardshipCheck) -> str:
    return check.answered_at.isoformat() if check.answered_at else ""

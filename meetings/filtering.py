"""Which meetings does a visitor want to see?"""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Neighbourhood

from .models.meeting import MeetingPage, MeetingQuerySet
from .models.status import MeetingKind

TO_COME, PAST = "to-come", "past"


class MeetingFilter(forms.Form):
    """Neighbourhood, kind and period; nonsense in the address is read as nothing asked."""

    period = forms.ChoiceField(
        label=_("Period"),
        choices=[(TO_COME, _("to come")), (PAST, _("past"))],
        required=False,
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.all(),
        label=_("Neighbourhood"),
        to_field_name="slug",
        required=False,
        empty_label=_("all"),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all")), *MeetingKind.choices], required=False)

    def asked(self, name: str) -> Any:
        """The value of a filter, or None when absent or nonsense."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def is_past(self) -> bool:
        return bool(self.asked("period") == PAST)

    def meetings(self, now: dt.datetime) -> MeetingQuerySet:
        """Live meetings as asked, ready for cards."""
        found = MeetingPage.objects.gone_by(now) if self.is_past else MeetingPage.objects.to_come(now)
        if neighbourhood := self.asked("neighbourhood"):
            found = found.filter(neighbourhoods=neighbourhood)
        if kind := self.asked("kind"):
            found = found.filter(kind=kind)
        return found.for_cards()

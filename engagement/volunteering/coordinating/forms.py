"""What does a coordinator write down of a work day? The day first; the rest is folded away until somebody needs it."""

import datetime as dt
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from communities.forms import plain_name
from communities.models import Resident
from engagement.models import WorkDay
from engagement.volunteering.planning import dates, words
from engagement.volunteering.planning.words import DayWords
from meetings import planning as publishing
from meetings.models import Venue

from . import people

DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
CLOCKS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%Hh", "%H h %M", "%H h"]
REST = ("leader", "leader_shown_as", "practical", "fallback_on", "contact_name", "contact_phone")


def day_field(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, input_formats=DAYS, widget=widget, **options)


def clock_field(label: Any, **options: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, input_formats=CLOCKS, widget=widget, **options)


def long_text(label: Any, *, longest: int, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **options)


class DayForm(forms.Form):
    """The day itself. Bound to the residents who may lead it."""

    uid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("What is done"), max_length=120, help_text=_("For everyone: “We plant the hedge”."))
    summary = long_text(_("In two sentences"), longest=500, required=False)
    day = day_field(_("Day"))
    begins = clock_field(_("From"))
    ends = clock_field(_("To"))
    venue = forms.ModelChoiceField(
        Venue.objects.all(), label=_("Place"), required=False, empty_label=_("Another place, written below")
    )
    place = forms.CharField(
        label=_("Another place"), max_length=160, required=False, help_text=_("As people call it: “the old orchard”.")
    )
    practical = long_text(
        _("To know before coming"),
        longest=1000,
        required=False,
        help_text=_("Clothes, shoes, the meal, where to park, what the town hall brings."),
    )
    fallback_on = day_field(_("Other day, in bad weather"), required=False, help_text=_("At the same hours."))
    leader = forms.ModelChoiceField(Resident.objects.none(), label=_("Who leads"), required=False, empty_label="–")
    leader_shown_as = forms.CharField(
        label=_("Their name, as everyone reads it"),
        max_length=80,
        required=False,
        validators=[plain_name],
        help_text=_("A first name is enough. Left empty, nobody is named."),
    )
    contact_name = forms.CharField(label=_("Whom to call, as everyone reads it"), max_length=80, required=False)
    contact_phone = forms.CharField(
        label=_("Their telephone, as everyone reads it"),
        max_length=32,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def __init__(self, *args: Any, leaders: people.Leaders, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["leader"]
        field.queryset = leaders.residents
        field.choices = [("", "–"), *leaders.choices]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", publishing.ENDS_FIRST)
        if cleaned.get("day") and begins and not exists(cleaned["day"], begins):
            self.add_error("begins", publishing.NO_SUCH_HOUR)
        if cleaned.get("fallback_on") and cleaned.get("day") and cleaned["fallback_on"] <= cleaned["day"]:
            self.add_error("fallback_on", _("The other day comes after the first one."))
        return cleaned

    @property
    def first(self) -> list[forms.BoundField]:
        """What every work day has."""
        return [field for field in self if field.name not in REST and not field.is_hidden]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in REST]

    @property
    def says_more(self) -> bool:
        return any(self[name].errors or self[name].value() for name in REST)

    def said(self) -> DayWords:
        return DayWords(**{name: value for name, value in self.cleaned_data.items() if name != "uid"})

    def silence(self) -> None:
        """Show what was typed, without saying yet what is wrong with it."""
        self.cleaned_data: dict[str, Any] = {}
        self._errors = ErrorDict()


class FollowingForm(forms.Form):
    """Of a series: does a change hold for this day alone?"""

    ONE, THOSE_AFTER = "one", "after"
    reach = forms.ChoiceField(
        label=_("This change is for"),
        choices=[(ONE, _("this day alone")), (THOSE_AFTER, _("this day and those that follow"))],
        initial=ONE,
        widget=forms.RadioSelect,
        help_text=_(
            "A day on which something else was put keeps it. The dates never change. What people signed up for stays."
        ),
    )


class SeriesForm(forms.Form):
    """How often, and until when."""

    rhythm = forms.ChoiceField(label=_("How often"), choices=dates.Rhythm.choices, widget=forms.RadioSelect)
    until = day_field(_("Until"))


class DaysForm(forms.Form):
    """Which of the days that were foreseen."""

    day = forms.TypedMultipleChoiceField(coerce=dt.date.fromisoformat)

    def __init__(self, *args: Any, offered: list[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["day"]
        field.choices = [(day.isoformat(), day.isoformat()) for day in offered]


class PressForm(forms.Form):
    """A press on a button that says for how many."""

    expecting = forms.IntegerField(min_value=1, max_value=1_000_000)


def exists(day: dt.date, clock: dt.time) -> bool:
    """Whether that hour is there, on the night the clocks change."""
    at = words.at(day, clock)
    return at.astimezone(dt.UTC).astimezone(at.tzinfo).replace(tzinfo=None) == dt.datetime.combine(day, clock)


def first_words(work_day: WorkDay | None) -> dict[str, Any]:
    """What the form says before anybody typed."""
    said = words.of_day(work_day) if work_day else None
    return {**vars(said)} if said else {}

"""What do we ask somebody who would lend a hand? Shifts and things first; the rest is for who needs it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.forms import plain_name, tidy_email
from communities.robots import HoneypotForm
from meetings.forms import GuestsField

from .counting import Count, NeedCount
from .wishes import Wish

MOST_SEATS = 8
OFFERS, ASKS = "offers", "asks"
REST = ("guests", "minors", "lift", "seats", "leaves_from", "phone", "remark")
LIFTS = [("", _("No, thank you")), (OFFERS, _("I have seats in my car")), (ASKS, _("I am looking for a lift"))]


def boxes(label: Any) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(label=label, coerce=int, required=False, widget=forms.CheckboxSelectMultiple)


class VolunteerForm(forms.Form):
    """Bound to a work day as it stands: `count`. A shift without a place is waited for; a need says how many."""

    shift = boxes(_("When do you come?"))
    wait = boxes(_("Wait for a place"))
    item = boxes(_("What do you bring?"))
    guests = GuestsField()
    minors = forms.IntegerField(label=_("Minors among them"), min_value=0, max_value=9, required=False, initial=0)
    lift = forms.ChoiceField(label=_("Sharing a car"), choices=LIFTS, required=False, widget=forms.RadioSelect)
    seats = forms.IntegerField(label=_("How many seats?"), min_value=1, max_value=MOST_SEATS, required=False)
    leaves_from = forms.CharField(
        label=_("From where?"), max_length=120, required=False, help_text=_("A street or a place that people know.")
    )
    phone = forms.CharField(
        label=_("A telephone number for this day"),
        max_length=32,
        required=False,
        help_text=_("Only those who lead the day see it, and whoever shares a car with you. Deleted afterwards."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    remark = forms.CharField(
        label=_("A word to those who lead"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, count: Count, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = count
        shifts = [(one.shift.pk, str(one.shift)) for one in count.shifts]
        self.choose("shift", shifts)
        self.choose("wait", shifts)
        self.choose("item", [(one.need.pk, str(one.need)) for one in count.needs])
        for one in count.needs:
            self.fields[quantity_of(one)] = forms.IntegerField(min_value=0, max_value=9999, required=False, initial=1)

    def choose(self, name: str, choices: list[tuple[int, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if (cleaned.get("minors") or 0) > (cleaned.get("guests") or 0):
            self.add_error("minors", _("There are more minors than people who come with you."))
        if cleaned.get("lift") and not cleaned.get("seats"):
            cleaned["seats"] = 1
        return cleaned

    @property
    def chosen(self) -> set[int]:
        """Shifts that are ticked, to come or to wait."""
        return self.said_of("shift", self.count.of_shift) | self.said_of("wait", self.count.of_shift)

    @property
    def brought(self) -> set[int]:
        return self.said_of("item", self.count.of_need)

    def said_of(self, name: str, known: Iterable[int]) -> set[int]:
        """Of those there are: whatever else was sent is not looked at."""
        said = {str(pk) for pk in self[name].value() or ()}
        return {pk for pk in known if str(pk) in said}

    @property
    def things(self) -> list[tuple[NeedCount, forms.BoundField]]:
        """Each need, with the box for how many."""
        return [(one, self[quantity_of(one)]) for one in self.count.needs]

    @property
    def rest(self) -> list[forms.BoundField]:
        """What most people leave as it is."""
        return [self[name] for name in REST]

    @property
    def says_more(self) -> bool:
        return any(self.errors.get(name) or self[name].value() not in (None, "", 0, "0") for name in REST)

    def wish(self) -> Wish:
        said = self.cleaned_data
        seats = said["seats"] or 0
        return Wish(
            shifts=frozenset(said["shift"]),
            waits=frozenset(said["wait"]),
            items={pk: self.quantity(pk) for pk in said["item"]},
            guests=said["guests"] or 0,
            minors=said["minors"] or 0,
            remark=said["remark"],
            phone=said["phone"],
            seats_offered=seats if said["lift"] == OFFERS else 0,
            seats_wanted=seats if said["lift"] == ASKS else 0,
            leaves_from=said["leaves_from"] if said["lift"] else "",
        )

    def quantity(self, pk: int) -> int:
        return self.cleaned_data.get(f"quantity_{pk}") or 1


class PublicVolunteerForm(HoneypotForm, VolunteerForm):
    """The same for whoever comes without a letter: a name, and an address that a letter proves."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        validators=[plain_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("A message will confirm your sign-up."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    keep_me_told = forms.BooleanField(label=_("Write to me about the next work days too"), required=False)

    def __init__(self, *args: Any, count: Count, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, count=count, now=now, **kwargs)

    @property
    def who(self) -> list[forms.BoundField]:
        """Who signs up, and the marks that tell people from robots."""
        return [self[name] for name in ("name", "email", "keep_me_told", "website", "opened")]

    def clean_email(self) -> str:
        return tidy_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.count.shifts and not self.errors and not has_chosen(cleaned or {}):
            raise ValidationError(_("Choose a shift, or something that you bring."), code="nothing")
        return cleaned


def has_chosen(cleaned: dict[str, Any]) -> bool:
    return bool(cleaned.get("shift") or cleaned.get("wait") or cleaned.get("item") or cleaned.get("lift") == OFFERS)


def quantity_of(one: NeedCount) -> str:
    return f"quantity_{one.need.pk}"


def first_values(wish: Wish | None, *, count: Count, asked: str = "") -> dict[str, Any]:
    """What they said so far; else what the link in the letter says, or the only shift there is."""
    if wish is None:
        return {"shift": first_shift(count, asked)}
    return {
        "shift": list(wish.shifts),
        "wait": list(wish.waits),
        "item": list(wish.items),
        **{f"quantity_{pk}": number for pk, number in wish.items.items()},
        "guests": wish.guests,
        "minors": wish.minors,
        "remark": wish.remark,
        "phone": wish.phone,
        "leaves_from": wish.leaves_from,
        "lift": OFFERS if wish.seats_offered else ASKS if wish.seats_wanted else "",
        "seats": wish.seats_offered or wish.seats_wanted or None,
    }


def first_shift(count: Count, asked: str) -> list[int]:
    wanted = [one.shift.pk for one in count.shifts if str(one.shift.pk) == asked]
    only = [one.shift.pk for one in count.shifts if len(count.shifts) == 1]
    return [pk for pk in wanted or only if not count.of_shift[pk].is_full]

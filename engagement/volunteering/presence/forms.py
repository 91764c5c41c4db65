"""What does a telephone on site fill in? A line for each, ticked by a thumb; the rest is there already."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms import plain_name
from engagement.models import NeedKind, Pledge

from .words import Presence

YES, NO = "yes", "no"
THERE = [(YES, _("There")), (NO, _("Not there"))]
MOST_PEOPLE, MOST_HOURS, MOST_THINGS = 99, 24, 9999
LONGEST_CODE = 160


class WithCode(forms.Form):
    """`was` comes back as the page had shown it."""

    was = forms.CharField(max_length=LONGEST_CODE, required=False, strip=False, widget=forms.HiddenInput)


class LineForm(WithCode):
    """There or not, how many, how long."""

    there = forms.ChoiceField(label=_("Were they there?"), choices=THERE, required=False, widget=forms.RadioSelect)
    people = forms.IntegerField(
        label=_("People"),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    hours = forms.DecimalField(
        label=_("Hours each"),
        min_value=0,
        max_value=MOST_HOURS,
        decimal_places=2,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 5}),
    )

    def said(self) -> Presence | None:
        """None for a line of which nothing is said."""
        if not self.cleaned_data["there"]:
            return None
        if self.cleaned_data["there"] == NO:
            return self.nobody()
        return Presence(**self.how_many())

    def nobody(self) -> Presence:
        return Presence()

    def how_many(self) -> dict[str, Any]:
        return {"people": self.cleaned_data["people"] or 1, "hours": self.cleaned_data["hours"] or Decimal(0)}


class NewcomerForm(LineForm):
    """Somebody nobody expected: a name is enough."""

    name = forms.CharField(label=_("Who"), max_length=80, required=False, validators=[plain_name])
    shift = forms.TypedChoiceField(label=_("For what"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, shifts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["shift"]
        field.choices = [("", _("Something else")), *shifts]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("was") and "name" in cleaned and not cleaned["name"]:
            self.add_error("name", _("Say who it was, or tick “Not there”."))
        return cleaned

    def said(self) -> Presence | None:
        return super().said() if self.cleaned_data["name"] else None

    def nobody(self) -> Presence:
        return Presence(name=self.cleaned_data["name"], shift=self.cleaned_data["shift"])

    def how_many(self) -> dict[str, Any]:
        return super().how_many() | {"name": self.cleaned_data["name"], "shift": self.cleaned_data["shift"]}


class PledgeForm(WithCode):
    """How many of what they had promised were there."""

    brought = forms.IntegerField(
        label=_("Really brought"),
        min_value=0,
        max_value=MOST_THINGS,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, pledge: Pledge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pledge = pledge


class ThingForm(WithCode):
    """What somebody brought that nobody had asked for."""

    item = forms.CharField(label=_("What"), max_length=80, required=False)
    quantity = forms.IntegerField(
        label=_("How many"),
        min_value=0,
        max_value=MOST_THINGS,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    unit = forms.CharField(
        label=_("Unit"), max_length=24, required=False, help_text=_("Litres, bags… Left empty: pieces.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=NeedKind.choices, required=False)

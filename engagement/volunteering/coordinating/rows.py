"""How are several shifts and needs typed on one page, without JavaScript? Rows, and a button for three more."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from engagement.models import Minors, NeedKind, WorkDay
from engagement.volunteering.planning import words
from engagement.volunteering.planning.words import Lines, NeedWords, ShiftWords

from .forms import clock_field

SHIFTS, NEEDS = "shifts", "needs"
MORE = 3
MOST = 30
MOST_PLACES = 500
DIGITS = 4


class RowForm(forms.Form):
    """A line that is there has its `pk`; an empty one says nothing."""

    named_by = ""
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def silence(self) -> None:
        """Show what was typed, without saying yet what is wrong with it."""
        self.cleaned_data: dict[str, Any] = {}
        self._errors = ErrorDict()

    @property
    def is_said(self) -> bool:
        return bool(self.cleaned_data.get(self.named_by)) and not self.is_struck

    @property
    def is_struck(self) -> bool:
        return bool(self.cleaned_data.get("DELETE"))

    @property
    def asked(self) -> list[forms.BoundField]:
        """What is shown: without the key, and without the tick that takes off a line that is not there."""
        return [field for field in self.visible_fields() if field.name != "DELETE"]

    @property
    def is_there(self) -> bool:
        return bool(self["pk"].value())


class ShiftForm(RowForm):
    """Without hours, it lasts as long as the day."""

    named_by = "role"
    role = forms.CharField(label=_("What is done"), max_length=80)
    begins = clock_field(_("From"), required=False)
    ends = clock_field(_("To"), required=False)
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=MOST_PLACES, initial=6)
    minimum = forms.IntegerField(label=_("At least"), min_value=0, max_value=MOST_PLACES, required=False, initial=0)
    skills = forms.CharField(
        label=_("What one must know"), max_length=120, required=False, help_text=_("Left empty: open to all.")
    )
    minors = forms.ChoiceField(label=_("Minors"), choices=Minors.choices, initial=Minors.WITH_ADULT)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if (cleaned.get("minimum") or 0) > (cleaned.get("places") or 0) and "places" in cleaned:
            self.add_error("minimum", _("There must be as many places as the least number."))
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("A shift ends after it begins."))
        return cleaned

    def said(self, begins: Any, ends: Any) -> ShiftWords:
        told = self.cleaned_data
        return ShiftWords(
            role=told["role"],
            begins=told["begins"] or begins,
            ends=told["ends"] or ends,
            places=told["places"],
            minimum=told["minimum"] or 0,
            skills=told["skills"],
            minors=told["minors"],
        )


class NeedForm(RowForm):
    """Five wheelbarrows."""

    named_by = "item"
    item = forms.CharField(label=_("What"), max_length=80)
    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=9999, initial=1)
    unit = forms.CharField(
        label=_("Unit"), max_length=24, required=False, help_text=_("Litres, bags… Left empty: pieces.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=NeedKind.choices, initial=NeedKind.TOOLS)

    def said(self) -> NeedWords:
        told = self.cleaned_data
        return NeedWords(**{name: told[name] for name in ("item", "quantity", "unit", "kind")})


class RowSet(forms.BaseFormSet[Any]):
    """Every error is beside its line."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take it off")

    def clean(self) -> None:
        if any(self.errors):
            return
        for row in self.forms:
            if row.is_there and not row.is_said and not row.is_struck:
                raise ValidationError(_("A line is empty: tick “take off”, or fill it in."), code="empty")


def set_of(row: type[RowForm]) -> Any:
    return forms.formset_factory(
        row, formset=RowSet, extra=MORE, can_delete=True, max_num=MOST, absolute_max=MOST + MORE, validate_max=True
    )


ShiftRows, NeedRows = set_of(ShiftForm), set_of(NeedForm)


class LinesForm:
    """The shifts and needs of one work day, on one page."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, work_day: WorkDay | None) -> None:
        there = of(work_day)
        self.shifts = ShiftRows(data, prefix=SHIFTS, initial=there[SHIFTS])
        self.needs = NeedRows(data, prefix=NEEDS, initial=there[NEEDS])

    def is_valid(self) -> bool:
        return all([self.shifts.is_valid(), self.needs.is_valid()])

    @property
    def has_errors(self) -> bool:
        return any(row.errors for row in [*self.shifts.forms, *self.needs.forms])

    def needed(self, begins: Any, ends: Any) -> Lines:
        """Without hours of its own, a shift lasts from `begins` to `ends`."""
        return Lines(
            shifts=[(row.cleaned_data["pk"], row.said(begins, ends)) for row in self.shifts.forms if row.is_said],
            needs=[(row.cleaned_data["pk"], row.said()) for row in self.needs.forms if row.is_said],
            struck_shifts=struck(self.shifts),
            struck_needs=struck(self.needs),
        )

    def as_typed(self) -> None:
        """Show what was typed, without saying yet what is wrong with it."""
        for row in [*self.shifts.forms, *self.needs.forms]:
            row.silence()


def struck(rows: Any) -> frozenset[int]:
    return frozenset(row.cleaned_data["pk"] for row in rows.forms if row.is_struck and row.cleaned_data.get("pk"))


def of(work_day: WorkDay | None) -> dict[str, list[dict[str, Any]]]:
    """The lines there are, as a form shows them."""
    if work_day is None or work_day.pk is None:
        return {SHIFTS: [], NEEDS: []}
    return {
        SHIFTS: [{"pk": shift.pk, **vars(words.of_shift(shift))} for shift in work_day.shifts.all()],
        NEEDS: [{"pk": need.pk, **vars(words.of_need(need))} for need in work_day.needs.all()],
    }


def with_more(data: Any, name: str) -> Any:
    """The same data with three more empty rows of that name."""
    more = data.copy()
    total = f"{name}-TOTAL_FORMS"
    said = str(more.get(total, "0"))
    number = int(said) if said.isdecimal() and len(said) < DIGITS else 0
    more[total] = str(min(number + MORE, MOST))
    return more

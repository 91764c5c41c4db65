"""Which conventions may everyone see, and how are they found? Those both sides signed, in force or ended; no names."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Prefetch, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.models import Neighbourhood
from engagement.models import Commitment, Convention, ConventionState, Side, Theme
from engagement.models.convention import ConventionQuerySet

IN_FORCE, EXPIRED, ENDED = "in-force", "expired", "ended"
STATES = [
    (IN_FORCE, pgettext_lazy("conventions", "in force")),
    (EXPIRED, pgettext_lazy("conventions", "past their last day")),
    (ENDED, pgettext_lazy("conventions", "ended early")),
]


def everyones() -> ConventionQuerySet:
    """The latest first, each with what its line says: its project, its theme, its place."""
    signed = Convention.objects.held().first_ones().with_last_day()
    return signed.select_related("project__theme", "project__neighbourhood").order_by("-signed_at", "-pk")


def with_commitments(found: ConventionQuerySet) -> ConventionQuerySet:
    """And what each side commits to today, amendments counted."""
    standing = Commitment.objects.standing()
    amendments = Convention.objects.held().order_by("signed_at", "pk")
    return found.prefetch_related(
        Prefetch("commitments", queryset=standing, to_attr="standing"),
        Prefetch(
            "amendments",
            queryset=amendments.prefetch_related(Prefetch("commitments", queryset=standing, to_attr="standing")),
            to_attr="signed_amendments",
        ),
    )


def commitments_of(convention: Any) -> list[Commitment]:
    """Of what `with_commitments` found: its own that still stand, and those of its amendments."""
    own: list[Commitment] = list(convention.standing)
    return own + [each for amendment in convention.signed_amendments for each in amendment.standing]


def years() -> list[int]:
    signed = Convention.objects.held().first_ones().order_by()
    return sorted({year for year in signed.values_list(ExtractYear("signed_at"), flat=True).distinct() if year})[::-1]


def state_of(convention: Convention, today: dt.date) -> tuple[str, Any]:
    """As the register calls it."""
    key = ENDED if convention.is_ended else EXPIRED if convention.has_expired(today) else IN_FORCE
    return key, STATE_WORDS[key]


STATE_WORDS = {
    IN_FORCE: pgettext_lazy("convention", "in force"),
    EXPIRED: pgettext_lazy("convention", "past its last day"),
    ENDED: pgettext_lazy("convention", "ended"),
}


class RegisterFilter(forms.Form):
    """State, year, theme and neighbourhood; nonsense in the address is read as nothing asked."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *STATES], required=False)
    year = forms.ChoiceField(label=_("Signed in"), required=False)
    theme = forms.ModelChoiceField(
        Theme.objects.all(), label=_("Theme"), to_field_name="slug", required=False, empty_label=_("all")
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.all(),
        label=_("Neighbourhood"),
        to_field_name="slug",
        required=False,
        empty_label=_("all"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("all")), *((str(year), str(year)) for year in years())]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]  # a field with choices

    def asked(self, name: str) -> Any:
        """The value of a filter, or None when absent or nonsense."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def is_asking(self) -> bool:
        return any(self.asked(name) for name in self.fields)

    def conventions(self, today: dt.date) -> ConventionQuerySet:
        found = everyones()
        if state := self.asked("state"):
            found = found.filter(meant_by(state, today))
        if year := self.asked("year"):
            found = found.filter(signed_at__year=int(year))
        if theme := self.asked("theme"):
            found = found.filter(project__theme=theme)
        if neighbourhood := self.asked("neighbourhood"):
            found = found.filter(project__neighbourhood=neighbourhood)
        return found


def meant_by(state: str, today: dt.date) -> Q:
    """A state's rows among those with their last day."""
    if state == ENDED:
        return Q(state=ConventionState.ENDED)
    past = Q(last_day__lt=today)
    return Q(state=ConventionState.SIGNED) & (past if state == EXPIRED else ~past)


def columns(conventions: Iterable[Any], today: dt.date) -> list[dict[str, Any]]:
    """Each as open data: never a name, an address or a signature."""
    return [row(convention, today) for convention in conventions]


def row(convention: Any, today: dt.date) -> dict[str, Any]:
    project = convention.project
    return {
        "number": convention.number,
        "title": convention.title,
        "state": state_of(convention, today)[0],
        "summary": convention.summary,
        "signed_on": timezone.localdate(convention.signed_at).isoformat(),
        "starts_on": convention.starts_on.isoformat(),
        "ends_on": convention.until.isoformat() if convention.until else "",
        "ended_on": convention.ended_on.isoformat() if convention.ended_on else "",
        "project": project.title,
        "theme": project.theme.name if project.theme else "",
        "neighbourhood": project.neighbourhood.name if project.neighbourhood else "",
        "point": [project.point_x, project.point_y] if project.point_x is not None else None,
        "amendments": len(convention.signed_amendments),
        "code": convention.code,
        "sha256": convention.sha256,
        "commitments": [promised(each) for each in commitments_of(convention)],
    }


def promised(each: Commitment) -> dict[str, Any]:
    """Without who does it: that may be somebody's name."""
    return {
        "side": each.side,
        "kind": each.kind,
        "what": each.what,
        "quantity": str(each.quantity) if each.quantity is not None else "",
        "unit": each.unit,
        "value": str(each.value) if each.value is not None else "",
        "due_on": each.due_on.isoformat() if each.due_on else "",
    }


HEADINGS = (
    *("number", "title", "state", "summary", "signed_on", "starts_on", "ends_on", "ended_on", "project", "theme"),
    *("neighbourhood", "amendments", "commune", "residents", "code", "sha256"),
)
"""The columns of the spreadsheet: what each side commits to is one cell."""


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """One line of a spreadsheet."""
    cells = {name: row[name] for name in HEADINGS if name in row}
    sides = {side: said_by(side, row["commitments"]) for side in Side.values}
    return {name: (cells | sides)[name] for name in HEADINGS}


def said_by(side: str, commitments: list[dict[str, Any]]) -> str:
    return " | ".join(in_a_cell(each) for each in commitments if each["side"] == side)


def in_a_cell(each: dict[str, Any]) -> str:
    """Digging (40.00 h)."""
    figures = " ".join(part for part in (each["quantity"], each["unit"]) if part)
    return f"{each['what']} ({figures})" if figures else each["what"]

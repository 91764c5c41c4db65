"""What residents fill in about an idea: who they are, what it is, what they would do; and their support of others'."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.forms import plain_name, tidy_email
from communities.models import Neighbourhood
from communities.residents import tidy
from communities.robots import HoneypotForm
from engagement.models import HolderKind, Idea
from engagement.places.fields import PointField
from engagement.places.of_the_town import point_of
from engagement.places.plan import Plan, Point
from engagement.uploads.fields import PicturesField

from .submitting import ASKED_FOR

LEADS_AWAY = re.compile(r"//|www\.|[@<>\\]|\w\.[a-z]{2,}(?![^\W\d_])", re.IGNORECASE)
WHO_PROPOSES = {
    HolderKind.PERSON: _("Me, alone"),
    HolderKind.GROUP: _("A group of neighbours or friends: I speak for it"),
    HolderKind.ASSOCIATION: _("An association"),
    HolderKind.SCHOOL: _("A school, a class"),
}


def plain_words(value: str) -> None:
    """Words that go into a letter to an address someone typed must not carry another's links."""
    if LEADS_AWAY.search(value):
        raise ValidationError(_("Please write it without any address of a site or of a mailbox."), code="leads_away")


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class LineField(forms.CharField):
    """One line, that says nothing of another site."""

    default_validators = [plain_words]

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class HolderForm(forms.Form):
    """Who proposes, and at which address they have the answer."""

    kind = forms.ChoiceField(
        label=_("Who proposes this idea?"), choices=list(WHO_PROPOSES.items()), widget=forms.RadioSelect
    )
    organisation = LineField(
        label=_("Name of the group, association or school"),
        help_text=_("Leave it empty if you propose the idea alone."),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("It is never published without your agreement."),
        max_length=80,
        validators=[plain_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The answer of the town hall comes there."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    of_age = forms.BooleanField(
        label=_("I am 15 or older, or an adult sends this idea with me"),
        help_text=_("Before 15, an adult or your school sends it for you."),
        required=False,
    )

    def clean_email(self) -> str:
        return tidy_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if kind in HolderKind.with_a_name() and "organisation" in cleaned and not cleaned["organisation"]:
            self.add_error("organisation", str(ASKED_FOR["organisation"]))
        if kind != HolderKind.SCHOOL and not cleaned.get("of_age"):
            self.add_error("of_age", str(ASKED_FOR["of_age"]))
        return cleaned


class StartForm(HoneypotForm, HolderForm):
    """The first page: a few words of the idea, and who brings it."""

    title = LineField(
        label=_("Your idea, in a few words"),
        help_text=_("For example: a shared garden behind the school."),
        max_length=120,
    )
    field_order = ["title", "kind", "organisation", "name", "email", "of_age"]

    def facts(self) -> dict[str, Any]:
        """Columns of the draft, besides who speaks for it."""
        return {column: self.cleaned_data[column] for column in ("title", "kind", "organisation", "of_age")}


class DraftForm(HolderForm):
    """The whole idea. Nothing need be there to keep it: whatever is valid is kept, each time."""

    title = LineField(label=_("Your idea, in a few words"), max_length=120, required=False)
    what = forms.CharField(
        label=_("What is your idea?"),
        help_text=_("What would change, for whom, and why there. A few sentences are enough."),
        max_length=4000,
        required=False,
        widget=lines(7),
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.all(), label=_("Neighbourhood"), required=False, empty_label=_("I do not know")
    )
    place = forms.CharField(
        label=_("Address or place"),
        help_text=_("For example: the lawn beside the church."),
        max_length=255,
        required=False,
    )
    point = PointField(required=False)
    who = forms.CharField(
        label=_("Who would do it with you?"),
        help_text=_("Neighbours, a class, an association… Say how many, rather than their names."),
        max_length=2000,
        required=False,
        widget=lines(4),
    )
    commits = forms.CharField(
        label=_("What would you do yourselves?"),
        help_text=_("Hours, tools, plants, maintenance afterwards: this is your half."),
        max_length=2000,
        required=False,
        widget=lines(5),
    )
    asks = forms.CharField(
        label=_("What do you ask of the town?"),
        help_text=_("Advice, materials, a piece of land, money: this is its half. If you do not know yet, say so."),
        max_length=2000,
        required=False,
        widget=lines(5),
    )

    def __init__(self, *args: Any, idea: Idea, plan: Plan | None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": initial_of(idea)} | kwargs)
        if plan is None:
            del self.fields["point"]
        else:
            self.fields["point"].widget.plan = plan  # type: ignore[attr-defined]  # a PointInput

    def facts(self) -> dict[str, Any]:
        """What was valid, as columns; what was not is shown again, and kept when it is put right."""
        known = {name: value for name, value in self.cleaned_data.items() if name not in ("email", "name", "point")}
        if "name" in self.cleaned_data:
            known["given_name"] = self.cleaned_data["name"]
        return known | self.point_columns()

    def point_columns(self) -> dict[str, int | None]:
        if "point" not in self.cleaned_data:
            return {}
        point: Point | None = self.cleaned_data["point"]
        return {"point_x": point.x if point else None, "point_y": point.y if point else None}

    def loses(self) -> set[str]:
        """The questions whose answer was typed and cannot be kept: leaving the page would lose it."""
        return {name for name in self.errors if name in self.fields and self[name].data}

    def put_right(self, missing: Mapping[str, str]) -> None:
        """Say beside each question what it lacks, once."""
        for column, sentence in missing.items():
            if not self.has_error(column):
                self.add_error(column, sentence)


def initial_of(idea: Idea) -> dict[str, Any]:
    kept = ("title", "what", "neighbourhood", "place", "who", "commits", "asks", "kind", "organisation", "of_age")
    known = {name: getattr(idea, name) for name in kept}
    return known | {"name": idea.given_name, "email": idea.resident.email, "point": point_of(idea)}


class PicturesForm(forms.Form):
    """Photographs of the place or of what is meant; those that are there stay."""

    def __init__(self, *args: Any, room: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if room:
            self.fields["pictures"] = PicturesField(label=_("Add photographs"), required=False, most=room)


class SupportForm(HoneypotForm):
    """A name and an address; which of the two buttons was pressed says the rest."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("It is never published."),
        max_length=80,
        validators=[plain_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    wants_news = forms.BooleanField(label=_("Tell me what becomes of this idea"), required=False)

    def clean_email(self) -> str:
        return tidy_email(self.cleaned_data["email"])


class AnswerForm(forms.Form):
    """What the town hall asked for."""

    words = forms.CharField(label=_("Your answer"), max_length=4000, widget=lines(6))


class NameForm(forms.Form):
    """The name to show, if any."""

    shown_as = forms.CharField(
        label=_("Name shown on the site"),
        help_text=_("A first name and an initial, say, or the name of your group. Empty: no name is shown."),
        max_length=80,
        required=False,
        validators=[plain_name],
    )

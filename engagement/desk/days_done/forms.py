"""What do staff fill in about a day that is over: what goes to the accounts, who is on its pictures, why names?"""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.desk.ledger.forms import PromiseField
from engagement.models import Commitment, ContributionKind, Project
from engagement.volunteering.presence.crediting import Proposal

OF_THINGS = [(kind.value, kind.label) for kind in (ContributionKind.EQUIPMENT, ContributionKind.MATERIALS)]


class CreditForm(forms.Form):
    """To which project, and which promise the hours keep."""

    project = forms.ModelChoiceField(Project.objects.none(), label=_("Project"), empty_label=None)
    commitment = PromiseField(
        Commitment.objects.none(),
        label=_("Which commitment the hours keep"),
        required=False,
        empty_label=_("none: it was not promised"),
    )

    def __init__(self, *args: Any, projects: list[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project, commitment = (self.fields[name] for name in ("project", "commitment"))
        pks = [each.pk for each in projects]
        project.queryset = Project.objects.filter(pk__in=pks)  # type: ignore[attr-defined]
        standing = Commitment.objects.standing().filter(
            convention__project__in=pks, side="residents", kind=ContributionKind.HANDS
        )
        commitment.queryset = standing.select_related("convention")  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """One entry that the day would make; of a thing, its kind and what it is worth."""

    wanted = forms.BooleanField(label=_("Write it down"), required=False, initial=True)
    kind = forms.ChoiceField(label=_("What kind"), choices=OF_THINGS, required=False)
    value = forms.DecimalField(
        label=_("Worth, in euros"), max_digits=12, decimal_places=2, min_value=0, required=False, initial=Decimal(0)
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["kind"] = proposal.kind
        self.proposal = proposal

    def chosen(self) -> Proposal:
        return self.proposal.priced(self.cleaned_data["value"], self.cleaned_data["kind"])


class TakeBackForm(forms.Form):
    """Why it is undone: the accounts show it."""

    reason = forms.CharField(label=_("Why it is taken back"), max_length=255)


class LookForm(forms.Form):
    """Whether everyone reads it."""

    publishes = forms.BooleanField(label=_("Everyone reads it"), required=False, initial=True)
    saw = forms.CharField(required=False, widget=forms.HiddenInput)


class PictureForm(forms.Form):
    """One photograph of the day. No authorisation is kept of it: with a child on it, it is not shown from here."""

    is_public = forms.BooleanField(label=_("Shown on the site"), required=False)
    no_child = forms.BooleanField(
        label=_("No child can be recognised on it"),
        required=False,
        help_text=_(
            "Otherwise, bring it into the images of the site: there the parents’ authorisation is written down, and it"
            " is shown from there."
        ),
    )
    alternative_text = forms.CharField(label=_("What it shows"), max_length=255, required=False)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("is_public") and not cleaned.get("no_child"):
            self.add_error("no_child", _("Say that no child can be recognised on it, or do not show it."))
        return cleaned


class NamesForm(forms.Form):
    """Why the insurer, or somebody else, must have names."""

    reason = forms.CharField(
        label=_("Why names are needed"),
        max_length=255,
        help_text=_("Kept with your name and the day: an accident to declare, a request of the insurer…"),
    )

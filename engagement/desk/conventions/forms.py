"""What do staff fill in about conventions, their articles and their commitments?"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from communities.models import Town
from engagement.conventions import content, drafting
from engagement.models import (
    Commitment,
    ContributionKind,
    Convention,
    ConventionState,
    ConventionTemplate,
    Project,
    Side,
    Stage,
    Teammate,
    TeamRole,
)
from engagement.uploads.fields import DocumentField

LONG = {"rows": 3}


class BeginForm(forms.Form):
    """Which project, and from which model of the town's."""

    project = forms.ModelChoiceField(Project.objects.none(), label=_("Project"))
    template = forms.ModelChoiceField(
        ConventionTemplate.objects.filter(is_in_use=True), label=_("Model"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begun = Q(conventions__amends__isnull=True) & Q(
            conventions__state__in=[ConventionState.DRAFT, ConventionState.PROPOSED]
        )
        free = Project.objects.exclude(stage__in=Stage.over()).exclude(
            pk__in=Project.objects.filter(begun).values("pk")
        )
        self.fields["project"].queryset = free  # type: ignore[attr-defined]  # a choice of models


class ConventionForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Everything but its articles and commitments."""

    note = forms.CharField(
        label=_("What you changed, in a few words"),
        max_length=255,
        required=False,
        help_text=_("Shown with the version."),
    )
    after = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Convention
        fields = list(content.FIELDS)
        widgets = {
            "starts_on": AdminDateInput,
            **{
                name: forms.Textarea(attrs=LONG)
                for name in ("purpose", "maintenance", "insurance", "take_back", "evaluation", "summary")
            },
        }


class ArticleForm(forms.Form):
    """A heading and its words."""

    heading = forms.CharField(label=_("heading"), max_length=160, required=False)
    text = forms.CharField(label=_("text"), max_length=6000, required=False, widget=forms.Textarea(attrs={"rows": 5}))


class CommitmentForm(forms.Form):
    """One line of what a side commits to; an empty line is none."""

    what = forms.CharField(label=_("what"), max_length=255)
    kind = forms.ChoiceField(label=_("kind"), choices=ContributionKind.choices, initial=ContributionKind.MONEY)
    quantity = forms.DecimalField(
        label=_("how much"), min_value=0, max_digits=12, decimal_places=2, required=False, localize=True
    )
    unit = forms.CharField(label=_("unit"), max_length=24, required=False)
    value = forms.DecimalField(
        label=_("worth, in euros"), min_value=0, max_digits=12, decimal_places=2, required=False, localize=True
    )
    due_on = forms.DateField(label=_("by when"), required=False, widget=AdminDateInput)
    who = forms.CharField(label=_("who"), max_length=160, required=False)
    replaces = forms.TypedChoiceField(label=_("in the place of"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, replaceable: list[Commitment] = [], **kwargs: Any) -> None:  # noqa: B006 - never changed
        super().__init__(*args, **kwargs)
        choices = [("", _("nothing: it is new")), *((each.pk, each.what) for each in replaceable)]
        if replaceable:
            self.fields["replaces"].choices = choices  # type: ignore[attr-defined]  # a choice
        else:
            del self.fields["replaces"]

    def clean_quantity(self) -> Any:
        """Nothing rather than zero: a commitment brings something."""
        return self.cleaned_data["quantity"] or None


ArticleFormSet = forms.formset_factory(ArticleForm, extra=1, can_delete=True, can_order=True, max_num=60)
CommitmentFormSet = forms.formset_factory(CommitmentForm, extra=2, can_delete=True, max_num=100)


def promised(form: forms.Form, *, side: Side) -> content.Promised:
    """A filled line as the rules take it."""
    said = form.cleaned_data
    more = {name: said.get(name) for name in ("quantity", "unit", "value", "due_on", "who", "replaces")}
    return drafting.promise(side=side, kind=said["kind"], what=said["what"], **more)


def first_values(each: content.Promised) -> dict[str, Any]:
    """A commitment as its line shows it: amounts as they are written here, without zeros that say nothing."""
    amounts = {name: Decimal(f"{Decimal(each[name]).normalize():f}") for name in ("quantity", "value") if each[name]}
    return {**each, **amounts}


class PaperForm(forms.Form):
    """The sheet that was signed by hand, by one side or both."""

    signed_on = forms.DateField(label=_("signed on"), widget=AdminDateInput)
    scan = DocumentField(label=_("the signed sheet"))

    def __init__(self, *args: Any, sides: list[Side], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side in sides:
            who = _("who signed for the commune") if side == Side.COMMUNE else _("who signed for the residents")
            self.fields[f"{side}_name"] = forms.CharField(label=who, max_length=160, required=False)
            self.fields[f"{side}_quality"] = forms.CharField(label=_("in what quality"), max_length=160, required=False)


class AskForm(forms.Form):
    """Who signs for the commune, and where the letter goes."""

    name = forms.CharField(label=_("who signs"), max_length=160)
    quality = forms.CharField(label=_("in what quality"), max_length=160, required=False)
    email = forms.EmailField(label=_("e-mail address"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].initial = Town.load().email


class AskResidentForm(forms.Form):
    """Which of those who carry the project signs; only those we can write to."""

    mate = forms.ModelChoiceField(Teammate.objects.none(), label=_("who signs"), empty_label=None)
    quality = forms.CharField(label=_("in what quality"), max_length=160, required=False)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = project.team.filter(role__in=TeamRole.carrying(), resident__erased_at__isnull=True)
        self.fields["mate"].queryset = team.exclude(resident__email="").select_related("resident")  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """When it ended, and why."""

    on = forms.DateField(label=_("ended on"), widget=AdminDateInput)
    reason = forms.CharField(
        label=_("why"),
        max_length=1000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("Both sides are told, and the public register says it: no name."),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today

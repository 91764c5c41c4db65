"""What do staff fill in about what was brought: an entry, why one is undone, what an hour is worth, a sheet?"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from engagement.desk.projects.chooser import ProjectChooser
from engagement.ledger import rates
from engagement.models import Commitment, ContributionKind, HourRate, Project, Side
from engagement.refusals import Refusal
from engagement.uploads.fields import DocumentField


class ProjectForm(forms.Form):
    """Of which project."""

    project = forms.ModelChoiceField(Project.objects.all(), label=_("Project"), widget=ProjectChooser)


class PromiseField(forms.ModelChoiceField):
    """One promise among those of a project: whose, of what kind, how much."""

    def label_from_instance(self, obj: Any) -> str:
        much = f", {obj.quantity.normalize():f} {obj.unit}" if obj.quantity else ""
        return f"{obj.what} ({obj.get_side_display()}, {obj.get_kind_display()}{much})"


class EntryForm(forms.Form):
    """What one side brought, once it was done."""

    side = forms.ChoiceField(label=_("Who brought it"), choices=Side.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What kind"), choices=ContributionKind.choices, widget=forms.RadioSelect)
    commitment = PromiseField(
        Commitment.objects.none(),
        label=_("Which commitment it keeps"),
        required=False,
        empty_label=_("none: it was not promised"),
        help_text=_("A promise of the same side and kind, in a convention that both sides signed."),
    )
    what = forms.CharField(
        label=_("What was brought"),
        max_length=255,
        help_text=_("Everyone reads it: no name of a person. Time spent in meetings does not count."),
    )
    done_on = forms.DateField(label=_("Done on"), widget=AdminDateInput)
    quantity = forms.DecimalField(
        label=_("How much"),
        max_digits=12,
        decimal_places=2,
        help_text=_("Hours for technical hours, hands and maintenance; euros for money; otherwise in the unit below."),
    )
    unit = forms.CharField(
        label=_("Unit"),
        max_length=24,
        required=False,
        help_text=_("For materials and equipment only: days, cubic metres, pieces…"),
    )
    value = forms.DecimalField(
        label=_("Worth, in euros"),
        max_digits=12,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text=_("For materials and equipment. Leave it empty for money, and for hours: they have their value."),
    )
    evidence = DocumentField(label=_("Evidence"), required=False)
    evidence_words = forms.CharField(
        label=_("Where the proof is"), max_length=255, required=False, help_text=_("A folder, the number of a bill…")
    )
    again = forms.BooleanField(
        label=_("It is another one: write it all the same"),
        required=False,
        help_text=_("Tick only where the accounts hold the same entry already and this one is not it."),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        promises = Commitment.objects.standing().filter(convention__project=project).select_related("convention")
        self.fields["commitment"].queryset = promises  # type: ignore[attr-defined]


class UndoForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Why it is undone"),
        max_length=255,
        help_text=_("The accounts at the town hall show it. The entry stays, with the one that undoes it."),
    )


class RateForm(forms.ModelForm):
    """What an hour is worth, from a day on; once entries are worth it, it stays."""

    class Meta:
        model = HourRate
        fields = ["kind", "euros", "from_on", "source"]
        widgets = {"from_on": AdminDateInput}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            if self.instance.pk:
                rates.refuse_used(rate=self.instance)
        except Refusal as refusal:
            raise ValidationError(refusal.sentence, code="in_use") from refusal
        return cleaned


class SheetForm(forms.Form):
    """A file, and of which project."""

    project = forms.ModelChoiceField(Project.objects.all(), label=_("Project"), widget=ProjectChooser)
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV or XLSX, at most 10 MB. The first line names the columns, as in the sample file."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )


class ApplyForm(forms.Form):
    """Whether lines that look known are others."""

    again = forms.BooleanField(
        label=_("Lines that are already in the accounts are other hours: write them too"), required=False
    )


def first_values(project: Project, asked: dict[str, str]) -> dict[str, Any]:
    """What a form about a promise knows already."""
    key = asked.get("commitment", "")
    found = Commitment.objects.standing().filter(convention__project=project, pk=key if key.isdecimal() else 0).first()
    today = {"done_on": timezone.localdate()}
    if found is None:
        return today
    return today | {
        "commitment": found,
        "side": found.side,
        "kind": found.kind,
        "what": found.what,
        "unit": found.unit,
    }

"""What staff fill in about a project: its facts, one from before, someone of its team."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from engagement.desk.staff_field import StaffField
from engagement.examining import people
from engagement.models import Project, Stage, Teammate


class RecordForm(forms.ModelForm):
    """The facts of a project; its stage is none of them."""

    officer = StaffField(label=_("Officer"), queryset=people.officers(), required=False)
    liaison = StaffField(label=_("Elected liaison"), queryset=people.liaisons(), required=False)
    community = forms.ModelChoiceField(
        label=_("Community"),
        queryset=Community.objects.all(),
        required=False,
        help_text=_("The residents gathered around it: its meetings are theirs."),
    )

    class Meta:
        model = Project
        fields = ["title", "neighbourhood", "place", "theme", "level", "community", "officer", "liaison"]

    def save(self, commit: bool = True) -> Project:
        """These columns and no other: what the project passed to meanwhile stays."""
        project: Project = super().save(commit=False)
        if commit:
            project.save(update_fields=self.Meta.fields)
        return project


class TakeOverForm(RecordForm):
    """A project from before this register, at the stage where it stands today."""

    stage = forms.ChoiceField(
        label=_("Stage"), choices=Stage.choices, initial=Stage.UNDER_WAY, help_text=_("Where it stands today.")
    )

    class Meta(RecordForm.Meta):
        fields = [*RecordForm.Meta.fields, "started_on", "delivered_on", "closed_on"]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("started_on", "delivered_on", "closed_on")
        }

    field_order = ["title", "stage", *RecordForm.Meta.fields[1:], "started_on", "delivered_on", "closed_on"]

    def _post_clean(self) -> None:
        """Nothing is saved by this form: the rule makes the project."""


class FindForm(forms.Form):
    """The words by which a resident is found, to be taken in."""

    resident = forms.CharField(max_length=160, required=False)


class MateForm(forms.ModelForm):
    """What someone does in a project, and the name that the site shows."""

    class Meta:
        model = Teammate
        fields = ["role", "shown_as"]

    def _post_clean(self) -> None:
        """Nothing is saved by this form: the rule writes."""

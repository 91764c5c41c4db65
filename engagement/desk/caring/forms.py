"""What do staff fill in about checks?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from communities.models import Recognisable, Resident
from engagement.caring import asking
from engagement.caring.checking import MOST_WORDS
from engagement.caring.forms import CheckForm
from engagement.models import Conclusion, Duty, Project, Side, StewardshipCheck

LONGEST_STEP = 60


def team_of(project: Project) -> Any:
    """Those of the team whom we know."""
    theirs = Resident.objects.filter(project_roles__project=project, erased_at__isnull=True)
    return theirs.order_by("project_roles__pk")


class RecognisedForm(forms.Form):
    """Asked before a photograph is shown."""

    recognisable = forms.ChoiceField(label=_("Who is recognised on it?"), choices=Recognisable.choices)


class PlanForm(forms.Form):
    """Checks to come."""

    what = forms.CharField(
        label=_("What to look at"), max_length=255, help_text=_("“The screws and the wood of the benches”, say.")
    )
    first_on = forms.DateField(label=_("First check"), widget=AdminDateInput)
    every_months = forms.IntegerField(
        label=_("Then every so many months"),
        min_value=0,
        max_value=LONGEST_STEP,
        initial=6,
        help_text=_("0: only once."),
    )
    until = forms.DateField(label=_("Until"), widget=AdminDateInput)
    resident = forms.ModelChoiceField(
        Resident.objects.none(), required=False, label=_("Who looks"), empty_label=_("those who carry it")
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["resident"]
        choice.queryset = team_of(project)


class DutyForm(forms.ModelForm):
    """Who waters what, when."""

    side = forms.ChoiceField(label=_("Side"), choices=Side.choices)

    class Meta:
        model = Duty
        fields = ["what", "when", "who", "side"]


class EntrustForm(forms.Form):
    """Somebody of the team, or all who carry the project."""

    resident = forms.ModelChoiceField(
        Resident.objects.none(), required=False, label=_("Who looks"), empty_label=_("those who carry it")
    )

    def __init__(self, *args: Any, check: StewardshipCheck, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["resident"]
        choice.queryset, choice.initial = team_of(check.project), check.resident_id


class MoveForm(forms.Form):
    """Another day."""

    due_on = forms.DateField(label=_("New day"), widget=AdminDateInput)


class WhyForm(forms.Form):
    """A few words, which the rule may want."""

    words = forms.CharField(required=False, max_length=MOST_WORDS, label=_("Why"), widget=forms.Textarea({"rows": 3}))


class ConclusionForm(WhyForm):
    """What both sides made of a review."""

    conclusion = forms.ChoiceField(
        label=_("Conclusion"),
        choices=[choice for choice in Conclusion.choices if choice[0] != Conclusion.ENDED],
        widget=forms.RadioSelect,
    )
    field_order = ["conclusion", "words"]


class TypedIn(CheckForm):
    """What somebody said at the desk or by telephone, or what staff saw themselves."""

    resident = forms.ModelChoiceField(
        Resident.objects.none(), required=False, label=_("Who says so"), empty_label=_("the town hall itself")
    )
    field_order = ["resident", "state", "words", "photo", "seen"]

    def __init__(self, *args: Any, check: StewardshipCheck, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [resident.pk for resident in asking.asked_of(check)]
        choice: Any = self.fields["resident"]
        known = Resident.objects.filter(erased_at__isnull=True)
        choice.queryset = known.filter(pk__in=[*asked, *team_of(check.project).values_list("pk", flat=True)])

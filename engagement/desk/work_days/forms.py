"""What does the town hall write down of a work day? Its meeting says the rest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms import plain_name, tidy_email
from communities.models import Resident
from engagement.models import WorkDay
from engagement.volunteering.coordinating.forms import day_field
from engagement.volunteering.forms import VolunteerForm
from engagement.volunteering.planning.words import OF_THE_WORK_DAY
from meetings.desk.forms import HEARD, NO_WAY_TO_REACH
from meetings.models import AnswerChannel


class FactsForm(forms.Form):
    """Who leads, what to know, another day. The leader is a member of its communities."""

    leader = forms.ModelChoiceField(Resident.objects.none(), label=_("Site leader"), required=False)
    leader_shown_as = forms.CharField(
        label=_("Site leader, as everyone reads it"),
        max_length=80,
        required=False,
        validators=[plain_name],
        help_text=_("A first name is enough. Left empty, nobody is named."),
    )
    practical = forms.CharField(
        label=_("To know before coming"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    fallback_on = day_field(_("Other day, in bad weather"), required=False, help_text=_("At the same hours."))

    def __init__(self, *args: Any, work_day: WorkDay, **kwargs: Any) -> None:
        known = {name: getattr(work_day, name) for name in OF_THE_WORK_DAY}
        super().__init__(*args, **{"initial": known} | kwargs)
        field: Any = self.fields["leader"]
        communities = work_day.meeting.communities.all()
        field.queryset = Resident.objects.known().filter(communities__in=communities).distinct()


class WordsForm(forms.Form):
    """What whoever proposed it reads with the answer."""

    words = forms.CharField(
        label=_("Your words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed for a no. They stand in the letter to whoever proposed it."),
    )


class HelperForm(VolunteerForm):
    """Somebody who telephoned or came to the desk to help: who, and what they said."""

    name = forms.CharField(label=_("Name"), max_length=80, validators=[plain_name])
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    own_phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    channel = forms.ChoiceField(label=_("Said"), choices=HEARD, initial=AnswerChannel.PHONE, widget=forms.RadioSelect)
    field_order = ["name", "email", "own_phone", "channel"]

    def clean_email(self) -> str:
        return tidy_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if not (cleaned.get("own_phone") or cleaned.get("email") or self.errors):
            self.add_error("own_phone", NO_WAY_TO_REACH)
        return cleaned

    @property
    def who(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "email", "own_phone", "channel")]

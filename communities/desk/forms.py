"""What do staff fill in about residents, communities and files?"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from communities import consent, noting, preferences, residents
from communities.imports.importing import StatedConsent
from communities.models import Channel, Community, Neighbourhood, Origin, Resident
from communities.post import texting
from communities.scopes import TOWN, scope_of, subjects_of


def scope_choices() -> list[tuple[str, Any]]:
    """Everything a resident may agree to, the widest first."""
    things = (Neighbourhood.objects.all(), Community.objects.all())
    return list(subjects_of([TOWN, *(scope_of(thing) for kind in things for thing in kind)]).items())


ANOTHER_ADDRESS = _(
    "If you change it, the links sent to the earlier address no longer open this person's choices nor their calendar,"
    " and a calendar they subscribed to stops. Their next letters bring new links."
)


def topic_choices() -> list[tuple[str, Any]]:
    """Every kind of letters that a resident may do without."""
    return [(topic.value, capfirst(topic.label)) for topic in preferences.topics_there_are()]


class ResidentForm(WagtailAdminModelForm):
    """A resident, the communities they belong to, and what they agreed to be told of."""

    member_of = forms.ModelMultipleChoiceField(
        Community.objects.all(), label=_("Communities"), required=False, widget=forms.CheckboxSelectMultiple
    )
    told_of = forms.MultipleChoiceField(
        label=_("Agreed to be told of the meetings of"),
        choices=scope_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By the channel they prefer. Tick only what they said or signed; untick what they no longer want."),
    )
    proof = forms.CharField(
        label=_("Proof"),
        max_length=255,
        required=False,
        help_text=_("Where the slip or the note is kept, and its date. Needed for each new tick."),
    )

    texted = forms.BooleanField(
        label=_("Agreed to text messages"),
        required=False,
        help_text=_(
            "On a mobile telephone, about the meetings they said they come to: a confirmation, a reminder, a"
            " cancellation. Untick when they want no more."
        ),
    )
    muted = forms.MultipleChoiceField(
        label=_("Wants no more of"),
        choices=topic_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Answers to what they ask, and news of what they said yes to, still reach them."),
    )

    class Meta:
        model = Resident
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.email:
            self.fields["email"].help_text = ANOTHER_ADDRESS
        self.held_texts = bool(self.instance.pk and consent.scopes_held(resident=self.instance, channel=Channel.SMS))
        self.initial["texted"] = self.held_texts
        if not texting.is_on():
            del self.fields["texted"]
        self.formerly = self.instance.preferred_channel if self.instance.pk else ""
        self.held = (
            consent.scopes_held(resident=self.instance, channel=self.formerly) if self.instance.pk else set[str]()
        )
        if self.instance.pk:
            self.initial |= {"member_of": self.instance.communities.all(), "told_of": sorted(self.held)}
            self.initial["muted"] = list(self.instance.muted_topics.values_list("topic", flat=True))

    def clean_name(self) -> str:
        return residents.tidy(self.cleaned_data["name"])

    def clean_email(self) -> str:
        return residents.tidy_email(self.cleaned_data["email"])

    def clean_phone(self) -> str:
        return residents.tidy_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        same_channel = cleaned.get("preferred_channel") == self.formerly
        newly_texted = cleaned.get("texted") and not self.held_texts
        newly = set(cleaned.get("told_of", [])) - (self.held if same_channel else set())
        if cleaned.get("texted") and not texting.number_of(cleaned.get("phone", "")):
            self.add_error("texted", ValidationError(_("Text messages need a mobile telephone."), code="no_mobile"))
        if (newly or newly_texted) and not cleaned.get("proof"):
            self.add_error(
                "proof", ValidationError(_("Say where the proof of their agreement is kept."), code="no_proof")
            )
        if trouble := unreachable_by(cleaned):
            self.add_error("preferred_channel", ValidationError(trouble, code="unreachable"))
        return cleaned

    def settle(self) -> None:
        """Once the resident is saved: their communities, their consents, and the letters they do without."""
        muted = self.cleaned_data["muted"]
        wanted = [topic for topic in preferences.topics_there_are() if topic not in muted]
        preferences.settle_topics(resident=self.instance, wanted=wanted, origin=Origin.STAFF, now=timezone.now())
        noting.note(
            resident=self.instance,
            communities=self.cleaned_data["member_of"],
            scopes=self.cleaned_data["told_of"],
            proof=self.cleaned_data["proof"],
            formerly=self.formerly,
            now=timezone.now(),
        )
        if "texted" in self.fields:
            noting.note_texts(
                resident=self.instance,
                agreed=self.cleaned_data["texted"],
                proof=self.cleaned_data["proof"],
                now=timezone.now(),
            )


NEEDS = {
    "email": ("email", _("Being told by e-mail needs an e-mail address.")),
    "phone": ("phone", _("Being told by telephone needs a telephone number.")),
    "letter": ("street", _("Being told by letter needs a postal address.")),
}


def unreachable_by(cleaned: dict[str, Any]) -> Any:
    """Why the preferred channel cannot reach them; nothing when it can, or when the channel itself is wrong."""
    needed, trouble = NEEDS.get(cleaned.get("preferred_channel", ""), ("", None))
    return trouble if needed and not cleaned.get(needed) else None


class UploadForm(forms.Form):
    """A file, for whom, and who answers for the consent of the people in it."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV or XLSX, at most 10 MB and 50,000 lines. The first line names the columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    community = forms.ModelChoiceField(
        Community.objects.all(),
        label=_("Community they join"),
        required=False,
        empty_label=_("none: they are told of every public meeting"),
    )
    consent_origin = forms.CharField(
        label=_("Where they agreed to be written to"), max_length=255, required=False, help_text=_("A forum, say.")
    )
    consent_date = forms.DateField(label=_("When they agreed"), required=False, widget=AdminDateInput)
    consent_proof = forms.CharField(
        label=_("Which proof is kept, and where"), max_length=255, required=False, help_text=_("Signed slips, say.")
    )

    def clean_consent_date(self) -> Any:
        given = self.cleaned_data["consent_date"]
        if given and given > timezone.localdate():
            raise ValidationError(_("This date is still to come."), code="to_come")
        return given

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        answers = [bool(cleaned.get(name)) for name in ("consent_origin", "consent_date", "consent_proof")]
        if any(answers) and not all(answers) and not self.errors:
            words = _("Say where, when and by which proof they agreed, or leave all three empty: each is then asked.")
            raise ValidationError(words, code="half_stated")
        return cleaned

    def stated(self) -> StatedConsent | None:
        """The consent someone answers for; None when each person is to be asked."""
        said = self.cleaned_data
        if not said["consent_date"]:
            return None
        return StatedConsent(origin=said["consent_origin"], date=said["consent_date"], proof=said["consent_proof"])

"""What staff fill in about an idea: what they think of it, words for everyone, what someone says at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from communities.models import Neighbourhood
from engagement.desk.staff_field import StaffField
from engagement.examining import noting, people
from engagement.models import HolderKind, Idea, IdeaPicture, Opinion, Theme

NO_WAY_TO_REACH = _("Give an e-mail address, a postal address or a telephone number: the answer must reach them.")
CHECKLIST = ("general_interest", "feasible", "lasting", "affordable")
WORDS = ("title", "what", "place", "who", "commits", "asks", "shown_as")


class ExaminationForm(forms.ModelForm):
    """Who follows it, the technical opinion and the checklist; never published."""

    officer = StaffField(label=_("Officer"), queryset=people.officers(), required=False)
    liaison = StaffField(label=_("Elected liaison"), queryset=people.liaisons(), required=False)

    class Meta:
        model = Idea
        fields = noting.OPINIONS
        widgets = {
            "technical_opinion": AdminAutoHeightTextInput,
            **dict.fromkeys(CHECKLIST, forms.RadioSelect),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CHECKLIST:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        return said | {name: said.get(name) or Opinion.UNKNOWN for name in CHECKLIST}

    def _post_clean(self) -> None:
        """Nothing is saved by this form, and the idea's own columns stay as they are: the rule writes."""

    @property
    def checklist(self) -> list[forms.BoundField]:
        return [self[name] for name in CHECKLIST]

    @property
    def followers(self) -> list[forms.BoundField]:
        return [self[name] for name in ("officer", "liaison", "theme", "neighbourhood", "technical_opinion")]


class NoteForm(forms.Form):
    """A private note."""

    words = forms.CharField(label=_("A private note"), max_length=4000, widget=AdminAutoHeightTextInput)


PictureFormSet = forms.modelformset_factory(
    IdeaPicture, fields=["alternative_text", "recognisable", "is_public"], extra=0
)


class RewordForm(forms.ModelForm):
    """The idea's words, for everyone to understand them."""

    class Meta:
        model = Idea
        fields = WORDS
        widgets = dict.fromkeys(["what", "who", "commits", "asks"], AdminAutoHeightTextInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = self.fields["what"].required = True


class TypedIdeaForm(forms.ModelForm):
    """What someone says at the desk or wrote on paper: the idea, and who proposes it."""

    kind = forms.ChoiceField(
        label=_("Who proposes"), choices=HolderKind.choices, initial=HolderKind.PERSON, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    what = forms.CharField(label=_("The idea"), max_length=4000, widget=AdminAutoHeightTextInput)
    commits = forms.CharField(label=_("What they commit to"), max_length=2000, widget=AdminAutoHeightTextInput)
    neighbourhood = forms.ModelChoiceField(
        label=_("Neighbourhood"), queryset=Neighbourhood.objects.all(), required=False
    )
    theme = forms.ModelChoiceField(label=_("Theme"), queryset=Theme.objects.all(), required=False)
    name = forms.CharField(label=_("Name of the person who speaks for it"), max_length=160)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    street = forms.CharField(label=_("Street and number"), max_length=255, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=12, required=False)
    city = forms.CharField(label=_("Town"), max_length=120, required=False)
    of_age = forms.BooleanField(
        label=_("This person is fifteen or older, or an adult or a school speaks for them"),
        error_messages={"required": _("Under fifteen, an adult or a school proposes the idea.")},
    )

    class Meta:
        model = Idea
        fields = ["kind", "organisation", *WORDS[:-1], "shown_as", "neighbourhood", "theme"]
        widgets = dict.fromkeys(["who", "asks"], AdminAutoHeightTextInput)

    field_order = [
        *("kind", "organisation", "name", "email", "phone", "street", "postcode", "city", "of_age"),
        *("title", "what", "place", "neighbourhood", "theme", "who", "commits", "asks", "shown_as"),
    ]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("kind") in HolderKind.with_a_name() and not said.get("organisation"):
            self.add_error("organisation", _("Say the name of the group, the association or the school."))
        if not (self.errors or any(said.get(way) for way in ("email", "phone", "street"))):
            self.add_error("email", NO_WAY_TO_REACH)
        return said

    def _post_clean(self) -> None:
        """Nothing is saved by this form: the rule makes the idea."""

"""What is asked on the page where a resident chooses what they are sent?"""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from . import preferences, scopes, wordings
from .models import Channel, Resident, Topic
from .preferences import Choices


class PreferencesForm(forms.Form):
    """Everything that can be chosen, as it holds now. A question with one answer is not asked."""

    scopes = forms.MultipleChoiceField(
        label=_("What may we write to you about?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(
        label=_("Which letters would you like?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    channel = forms.ChoiceField(label=_("How would you like to be told?"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    terms = wordings.WORDINGS[wordings.CHOSEN].terms

    def __init__(self, data: Any = None, *, resident: Resident) -> None:
        self.resident = resident
        super().__init__(data, initial=initial_of(resident))
        self.near = preferences.scopes_near(resident=resident)
        self.offer("scopes", scope_choices(self.near))
        self.offer("topics", [(topic.value, capfirst(topic.label)) for topic in preferences.topics_there_are()])
        self.offer("channel", [(way.value, capfirst(way.label)) for way in ways_of(resident)])
        if len(ways_of(resident)) == 1:
            del self.fields["channel"]

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def boxes_near(self) -> list[Any]:
        """What concerns them already."""
        return [box for box in self["scopes"] if box.data["value"] in self.near]

    def boxes_further(self) -> list[Any]:
        """The rest of the town."""
        return [box for box in self["scopes"] if box.data["value"] not in self.near]

    def choices(self) -> Choices:
        """What was ticked."""
        said = self.cleaned_data
        return Choices(
            scopes=said["scopes"],
            topics=[Topic(topic) for topic in said["topics"]],
            channel=Channel(said.get("channel") or self.resident.preferred_channel),
            language=said["language"],
        )


def ways_of(resident: Resident) -> list[Channel]:
    return preferences.channels_open(resident=resident)


def initial_of(resident: Resident) -> dict[str, Any]:
    return {
        "scopes": sorted(preferences.scopes_held(resident=resident)),
        "topics": preferences.topics_wanted(resident=resident),
        "channel": resident.preferred_channel,
        "language": resident.language,
    }


def scope_choices(near: set[str]) -> list[tuple[str, str]]:
    """Each scope with the sentence that a tick agrees to; those that are gone keep a line while they are held."""
    there_are = preferences.scopes_there_are()
    names = scopes.names_of([*there_are, *sorted(near - set(there_are))])
    return [(scope, scopes.sentence(wording=wordings.CHOSEN, scope=scope, name=name)) for scope, name in names.items()]

"""What do we ask a resident, and how little?"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import residents, wordings
from .models import Community, Neighbourhood
from .robots import HoneypotForm
from .signing_up import Wish

LONGEST_EMAIL = 254


def plain_name(value: str) -> None:
    """A name, not an advertisement: letters to an address someone typed must not carry another's links."""
    if any(sign in value for sign in "/@<>:\\") or "www." in value.lower():
        raise ValidationError(_("Please write a name only."), code="not_a_name")


def tidy_email(address: str) -> str:
    """As it is kept; some letters are longer in lower case than they were typed."""
    tidied = residents.tidy_email(address)
    if len(tidied) > LONGEST_EMAIL:
        raise ValidationError(_("This address is too long."), code="too_long")
    return tidied


class CommunityBoxes(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, thing: Community) -> str:
        return str(wordings.WORDINGS[wordings.SIGN_UP].community) % {"name": thing.name}


class NeighbourhoodBoxes(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, thing: Neighbourhood) -> str:
        return str(wordings.WORDINGS[wordings.SIGN_UP].neighbourhood) % {"name": thing.name}


class WishForm(forms.Form):
    """What to be told of: boxes, none ticked in advance. For any page that asks for an address anyway."""

    communities = CommunityBoxes(Community.objects.none(), required=False, label=_("Communities"))
    neighbourhoods = NeighbourhoodBoxes(Neighbourhood.objects.none(), required=False, label=_("Neighbourhoods"))
    whole_town = forms.BooleanField(required=False, label=wordings.WORDINGS[wordings.SIGN_UP].town)  # type: ignore[arg-type]  # lazy
    terms = wordings.WORDINGS[wordings.SIGN_UP].terms

    def __init__(
        self,
        *args: Any,
        communities: Iterable[Community] = (),
        neighbourhoods: Iterable[Neighbourhood] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("communities", Community, communities)
        self.offer("neighbourhoods", Neighbourhood, neighbourhoods)

    def offer(self, name: str, model: type[Community] | type[Neighbourhood], things: Iterable[Any]) -> None:
        """Show boxes for these things and no other; without any, no question."""
        boxes: Any = self.fields[name]
        offered = list(things)
        boxes.queryset = model._default_manager.filter(pk__in=[thing.pk for thing in offered])
        boxes.choices = [(thing.pk, boxes.label_from_instance(thing)) for thing in offered]
        if not offered:
            del self.fields[name]

    def wish(self) -> Wish:
        """What was ticked."""
        return Wish(
            communities=list(self.cleaned_data.get("communities", [])),
            neighbourhoods=list(self.cleaned_data.get("neighbourhoods", [])),
            whole_town=self.cleaned_data["whole_town"],
        )


class SignUpForm(HoneypotForm, WishForm):
    """A name, an address, and what to be told of. With `joining`, signing up is joining that community."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        validators=[plain_name],
        help_text=_("As you like to be called. It is never published."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    words = forms.CharField(
        label=_("Why would you like to join?"),
        max_length=1000,
        required=False,
        help_text=_("If you like. The coordinators and the town hall read it, nobody else."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["name", "email", "words", "whole_town", "neighbourhoods", "communities"]
    needs_a_box = _("Tick at least one box: what may we write to you about?")

    def __init__(self, *args: Any, joining: Community | None = None, now: datetime, **kwargs: Any) -> None:
        self.joining = joining
        if joining and joining.neighbourhood:
            kwargs["neighbourhoods"] = [joining.neighbourhood]
        super().__init__(*args, now=now, **kwargs)
        if not (joining and joining.is_closed):
            del self.fields["words"]

    def clean_email(self) -> str:
        return tidy_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned is not None and not self.wish():
            self.add_error(None, ValidationError(self.needs_a_box, code="no_box"))
        return cleaned

    def wish(self) -> Wish:
        """What was ticked, and the community joined by the act of signing up on its page."""
        ticked = super().wish()
        words = self.cleaned_data.get("words", "")
        return replace(ticked, communities=[self.joining], words=words) if self.joining else ticked

"""Is it a person who fills in this form? A box only robots see, and the time it takes to read."""

from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

SECONDS_TO_READ = 2
signer = signing.Signer(salt="a form was opened")


class TooQuick(forms.ValidationError):
    """Please press the button once more: the page was not quite ready."""

    def __init__(self) -> None:
        super().__init__(_("Please press the button once more: the page was not quite ready."), code="too_quick")


class HoneypotForm(forms.Form):
    """A public form that tells robots from people without a puzzle. `is_trapped`: answer as usual, and do nothing."""

    website = forms.CharField(required=False, label=_("Leave this box empty"))
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}
        self.initial["opened"] = signer.sign(str(int(now.timestamp())))

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    def clean(self) -> dict[str, Any] | None:
        """Refuse a form sent back sooner than a person reads, or never opened; one more press is enough."""
        opened = seconds_when_opened(self.data.get(self.add_prefix("opened"), ""))
        if opened is None:
            shown_again = QueryDict(mutable=True)
            shown_again.update(self.data)
            shown_again[self.add_prefix("opened")] = self.initial["opened"]
            self.data = shown_again
        if opened is None or self.now.timestamp() - opened < SECONDS_TO_READ:
            raise TooQuick
        return super().clean()


def seconds_when_opened(signed: str) -> int | None:
    """Seconds since 1970, or None when we did not sign it."""
    try:
        return int(signer.unsign(signed))
    except (signing.BadSignature, ValueError):
        return None

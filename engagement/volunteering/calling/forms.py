"""What do those who run a work day write, and to whom; and what does somebody answer them?"""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from communities import typography
from engagement.models import CoordinatorLetter, Readers, Shift, WorkDay

OF_A_SHIFT = "shift-"
CANCEL, MOVE = "cancel", "move"


def words_of(label: Any, *, most: int, rows: int, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=area, help_text=help_text)


class Keyed(forms.Form):
    """What may be sent once: `key` was made with the page, and tells the same press sent twice from another letter."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def key_for(self, work_day: WorkDay) -> uuid.UUID:
        """Nobody's key is another work day's."""
        return uuid.uuid5(self.cleaned_data["key"], str(work_day.pk))


class LetterForm(Keyed):
    """A subject and words, plain."""

    subject = forms.CharField(label=_("Subject"), max_length=120)
    words = words_of(
        _("Your words"),
        most=CoordinatorLetter._meta.get_field("words").max_length or 0,
        rows=9,
        help_text=_("The greeting, the day, the place, your name and the way to answer you are added by themselves."),
    )
    field_order = ["subject", "words"]

    def clean_subject(self) -> str:
        return " ".join(self.cleaned_data["subject"].split())


class CallForm(LetterForm):
    """How many people to ask, of those who may be."""

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how_many"] = forms.IntegerField(
            label=_("How many people to ask"),
            min_value=1,
            max_value=max(most, 1),
            help_text=_("Those asked longest ago come first."),
        )


class WriteForm(LetterForm):
    """To whom: a group of those who signed up, or all members."""

    to = forms.ChoiceField(label=_("To whom?"), widget=forms.RadioSelect)
    field_order = ["to", "subject", "words"]

    def __init__(self, *args: Any, shifts: list[Shift], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shifts = {f"{OF_A_SHIFT}{shift.pk}": shift for shift in shifts}
        field: Any = self.fields["to"]
        field.choices = [
            (Readers.COMING.value, Readers.COMING.label),
            *((name, named(shift)) for name, shift in self.shifts.items()),
            *((one.value, one.label) for one in (Readers.BRINGING, Readers.WAITING, Readers.MEMBERS)),
        ]

    @property
    def shift(self) -> Shift | None:
        return self.shifts.get(self.cleaned_data["to"])

    @property
    def readers(self) -> Readers:
        return Readers.SHIFT if self.shift else Readers(self.cleaned_data["to"])

    @property
    def readers_in_words(self) -> str:
        return dict(self.fields["to"].choices)[self.cleaned_data["to"]]  # type: ignore[attr-defined]  # a ChoiceField


def named(shift: Shift) -> Any:
    begins, ends = (typography.clock(at, language=get_language()) for at in (shift.begins, shift.ends))
    return _("those of the shift “%(shift)s”") % {"shift": f"{shift.role}, {begins} – {ends}"}


class RainForm(forms.Form):
    """What to do about the weather. `to` is the day that its page offered."""

    do = forms.ChoiceField(choices=[(CANCEL, CANCEL), (MOVE, MOVE)])
    to = forms.DateField(required=False)
    reason = words_of(_("Why, in a sentence that everyone reads"), most=300, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = self.data.get("do") != MOVE

    def is_done(self, work_day: WorkDay) -> bool:
        """Whether an earlier press did it."""
        if self.cleaned_data["do"] == CANCEL:
            return work_day.meeting.is_cancelled
        return self.moved_to is not None and work_day.day == self.moved_to

    @property
    def moved_to(self) -> dt.date | None:
        to: dt.date | None = self.cleaned_data.get("to")
        return to


class ReplyForm(Keyed):
    """An answer, on a page."""

    words = words_of(_("Your answer"), most=5000, rows=8)
    field_order = ["words"]


def new_key() -> dict[str, uuid.UUID]:
    """For the page that is about to be shown."""
    return {"key": uuid.uuid4()}


def ready_reason() -> str:
    return str(_("The weather forecast is too bad to work outside."))


def ready_call(work_day: WorkDay, missing: list[str]) -> dict[str, str]:
    """A subject and words that only need a glance; `missing` in words."""
    meeting = work_day.meeting
    day = (
        typography.day(timezone.localtime(meeting.starts_at), language=get_language(), pattern="EEEE {d} MMMM")
        if meeting.starts_at
        else ""
    )
    what = ", ".join(missing) or str(_("a few more hands"))
    return {
        "subject": str(_("We need you on %(day)s")) % {"day": day},
        "words": str(
            _(
                "For our work day “%(title)s”, on %(day)s, we still miss: %(what)s.\n\nCould you come, even for an"
                " hour or two? One press on a button below is enough. Thank you!"
            )
        )
        % {"title": meeting.title, "day": day, "what": what},
    }

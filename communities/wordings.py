"""In which words was a consent asked? A version, once used, is never edited: the proof shows it (GDPR article 7(1))."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Wording:
    """What a person read beside the box they ticked, for each scope; `%(name)s` is the community or neighbourhood."""

    community: str | Promise
    neighbourhood: str | Promise
    town: str | Promise
    terms: str | Promise


SIGN_UP = "sign-up-1"
CHOSEN = "chosen-1"
PAPER = "paper-1"
TEXTED = "sms-1"
IMPORTED = "import-1"
WITHDRAWN = "withdrawn-1"

_TEXTED = _(
    "Agreed to text messages about the meetings one said one comes to: a confirmation, a reminder the day before, a"
    " cancellation."
)

WORDINGS: dict[str, Wording] = {
    SIGN_UP: Wording(
        community=_("Write to me about the meetings of “%(name)s”."),
        neighbourhood=_("Write to me about every meeting in the neighbourhood %(name)s."),
        town=_("Write to me about every public meeting of the town."),
        terms=_(
            "I am 15 or older. My name and my e-mail address serve only to tell me of meetings; they are never lent nor"
            " published. A link in each letter stops them at once, without giving a reason."
        ),
    ),
    CHOSEN: Wording(
        community=_("Write to me about the meetings of “%(name)s”."),
        neighbourhood=_("Write to me about every meeting in the neighbourhood %(name)s."),
        town=_("Write to me about every public meeting of the town."),
        terms=_(
            "What you choose here serves only to write to you. You change it on this page whenever you like, and a link"
            " in each letter stops them at once."
        ),
    ),
    PAPER: Wording(
        community=_("Agreed at the town hall, or on paper, to be told of the meetings of “%(name)s”."),
        neighbourhood=_("Agreed at the town hall, or on paper, to be told of every meeting in %(name)s."),
        town=_("Agreed at the town hall, or on paper, to be told of every public meeting of the town."),
        terms=_("The town hall keeps the paper or the note that proves it."),
    ),
    TEXTED: Wording(
        community=_TEXTED,
        neighbourhood=_TEXTED,
        town=_TEXTED,
        terms=_(
            "The number serves for nothing else. The town hall stops at once when asked, by telephone or at its desk."
        ),
    ),
    IMPORTED: Wording(
        community=_("Agreed before, elsewhere, to be told of the meetings of “%(name)s”."),
        neighbourhood=_("Agreed before, elsewhere, to be told of every meeting in %(name)s."),
        town=_("Agreed before, elsewhere, to be told of every public meeting of the town."),
        terms=_("Whoever imported the file stated where, when and by which proof."),
    ),
    WITHDRAWN: Wording(
        community=_("No longer wants to be told of the meetings of “%(name)s”."),
        neighbourhood=_("No longer wants to be told of every meeting in %(name)s."),
        town=_("No longer wants to be told of every public meeting of the town."),
        terms=_("Withdrawing is as easy as agreeing."),
    ),
}

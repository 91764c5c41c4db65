"""How does the desk say which letters are about to leave?"""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from communities import typography
from communities.desk import reach
from meetings.updates.debts import LetterOwed
from meetings.updates.foretelling import Foretold, Outlook


def of_outlook(outlook: Outlook) -> str:
    """Everything that leaves, and when: “Leaves at 6:30 pm: an update to 143 people (121 by e-mail, 22 by post).”"""
    letters = ", ".join(of_letter(each) for each in outlook.letters)
    if outlook.leaves_at is None:
        return _("Leaves at once: %(letters)s.") % {"letters": letters}
    at = typography.clock(outlook.leaves_at, language=get_language())
    return _("Leaves at %(at)s, unless the meeting is changed again: %(letters)s.") % {"at": at, "letters": letters}


def if_published(outlook: Outlook) -> str:
    """The same, before the button is pressed."""
    if outlook.is_too_late:
        return _(
            "This date is past: nobody will be told of it, and people will come on the day they know. Correct the"
            " date, or cancel the meeting."
        )
    letters = ", ".join(of_letter(each) for each in outlook.letters)
    if not letters:
        return _("Publishing this sends no letter.")
    if outlook.leaves_at is None:
        return _("Publishing this sends at once: %(letters)s.") % {"letters": letters}
    return _("Publishing this sends, half an hour later: %(letters)s.") % {"letters": letters}


def of_letter(foretold: Foretold) -> str:
    """“an update to 143 people (121 by e-mail, 22 by post)”."""
    counted = foretold.channels
    ways = [words % reach.written(counted[channel]) for channel, words in reach.BY_CHANNEL.items() if counted[channel]]
    what = named(foretold) % reach.written(foretold.people)
    return _("%(what)s (%(ways)s)") % {"what": what, "ways": ", ".join(ways)}


def named(foretold: Foretold) -> str:
    """Which sort of letter, to how many."""
    people = foretold.people
    match foretold.letter:
        case LetterOwed.UPDATE:
            return ngettext("an update to %(number)s person", "an update to %(number)s people", people)
        case LetterOwed.CANCELLATION if foretold.is_postponed:
            return ngettext(
                "a notice of postponement to %(number)s person",
                "a notice of postponement to %(number)s people",
                people,
            )
        case LetterOwed.CANCELLATION:
            return ngettext("a cancellation to %(number)s person", "a cancellation to %(number)s people", people)
        case LetterOwed.WITHDRAWAL:
            return ngettext(
                "a word to %(number)s person who is no longer invited",
                "a word to %(number)s people who are no longer invited",
                people,
            )
    return ngettext("an invitation to %(number)s person", "an invitation to %(number)s people", people)


def of_missing_seats(number: int) -> str:
    """For whoever lowers the seats below the people who come; empty while everyone has one."""
    if not number:
        return ""
    words = ngettext(
        "%(number)s more person comes than there are seats. Nobody is sent away: find a seat, or call them.",
        "%(number)s more people come than there are seats. Nobody is sent away: find seats, or call them.",
        number,
    )
    return words % reach.written(number)

"""Why can a file not be taken? Each refusal is a sentence that says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.refusals import Refusal

MEGABYTE = 1_000_000
MOST_BYTES = 15 * MEGABYTE


class RefusedFile(Refusal):
    """We could not take this file."""

    MESSAGE: str | Promise = _("We could not take this file.")

    def about(self, name: str) -> str:
        """The same sentence, naming the file."""
        why = self.sentence
        return gettext("“%(name)s”: %(why)s") % {"name": name, "why": why[:1].lower() + why[1:]}


class Empty(RefusedFile):
    """This file is empty."""

    MESSAGE = _("This file is empty. Please choose it once more.")


class TooLarge(RefusedFile):
    """This file is heavier than MOST_BYTES."""

    @property
    def sentence(self) -> str:
        return gettext("This file is too heavy: %(most)s MB at most.") % {"most": MOST_BYTES // MEGABYTE}


class TooMany(RefusedFile):
    """More files were sent at once than are taken."""

    MESSAGE = _("One photograph too many, it was not kept.")


class NotAPicture(RefusedFile):
    """Not one of the kinds of photograph that telephones and cameras make."""

    MESSAGE = _("This is not a photograph we can read.")


class Damaged(RefusedFile):
    """It begins as a photograph and does not go on as one."""

    MESSAGE = _("This photograph is incomplete or damaged. Please choose it once more.")


class TooManyPixels(RefusedFile):
    """More pixels, or more work to decode, than a photograph asks."""

    MESSAGE = _("This picture has too many pixels. Please send it smaller.")


class NotADocument(RefusedFile):
    """Neither a PDF nor a photograph."""

    MESSAGE = _("This is neither a PDF nor a photograph we can read.")


class DamagedDocument(RefusedFile):
    """It begins as a PDF and does not go on as one, or something else is hidden in it or stuck to it."""

    MESSAGE = _("This PDF is incomplete, damaged or mixed with something else. Please scan the paper once more.")


class Locked(RefusedFile):
    """A PDF behind a password."""

    MESSAGE = _("This PDF is locked by a password. Please send it without one.")


class Active(RefusedFile):
    """A PDF with programs, forms that send, or other files in it."""

    MESSAGE = _("This PDF contains programs or other files. Please print it as a PDF once more, or photograph it.")

"""Which of this room's pages show residents? Registered at start; every opening of them is noted."""

from django.utils.translation import gettext_lazy as _

from communities.looks.watched import watch
from communities.models import AccessKind


def register() -> None:
    watch(_("The list of residents"), ["residents:index", "residents:index_results"], kind=AccessKind.LIST)
    watch(_("A resident’s record"), ["residents:inspect", "residents:edit"], kind=AccessKind.RECORD, names="pk")
    watch(_("Erasing a resident"), ["residents:erase"], kind=AccessKind.RECORD, names="pk")
    watch(_("What we hold on a resident"), ["residents:held"], kind=AccessKind.EXPORT, names="pk")
    watch(_("Residents written down twice"), ["doubles:index"], kind=AccessKind.LIST)
    watch(_("Two records side by side"), ["doubles:compare"], kind=AccessKind.RECORD, names="pk")
    watch(_("The members of a community"), ["communities_desk:inspect"], kind=AccessKind.LIST)
    watch(_("Blocked addresses"), ["suppressions:index", "suppressions:index_results"], kind=AccessKind.LIST)
    watch(_("A file of residents"), ["resident_imports:report"], kind=AccessKind.FILE)
    watch(_("The refused lines of a file"), ["resident_imports:refused"], kind=AccessKind.EXPORT)
    watch(_("The readers of a mailing"), ["mailings:inspect", "mailings:inspect_results"], kind=AccessKind.LIST)
    watch(_("Letters on paper"), ["mailings:paper"], kind=AccessKind.PRINT)
    watch(_("Letters to one person"), ["received:index", "received:results"], kind=AccessKind.LIST)
    watch(_("The readers of a letter"), ["letters:readers", "letters:readers_results"], kind=AccessKind.LIST)
    watch(_("A letter, as one reader gets it"), ["letters:preview"], kind=AccessKind.PREVIEW, names="resident")
    watch(_("Received mail"), ["inbox:index", "inbox:results"], kind=AccessKind.LIST)
    watch(_("Who saw what"), ["looks:index", "looks:results"], kind=AccessKind.LIST)
    watch(_("A received message"), ["inbox:inspect", "inbox:original"], kind=AccessKind.MESSAGE)

"""Which of this room's pages show residents? Registered at start; every opening of them is noted."""

from django.utils.translation import gettext_lazy as _

from communities.looks.watched import watch
from communities.models import AccessKind


def addresses(*names: str) -> list[str]:
    return [f"meetings_desk:{name}" for name in names]


def register() -> None:
    watch(_("Who is invited"), addresses("invitations", "invitations_results"), kind=AccessKind.LIST)
    watch(_("Who may still be invited"), addresses("to_invite", "to_invite_results"), kind=AccessKind.LIST)
    watch(_("Who is told by hand"), addresses("by_hand"), kind=AccessKind.LIST)
    watch(_("The list of calls"), addresses("call_list"), kind=AccessKind.PRINT)
    watch(_("Invitations on paper"), addresses("paper_letters"), kind=AccessKind.PRINT)
    watch(_("Labels"), addresses("paper_labels"), kind=AccessKind.PRINT)
    watch(_("An invitation, as one person gets it"), addresses("preview"), kind=AccessKind.PREVIEW, names="resident")
    watch(_("Who comes"), addresses("answers", "answers_results"), kind=AccessKind.LIST)
    watch(_("Who waits for a seat"), addresses("waiting_list", "waiting_list_results"), kind=AccessKind.LIST)
    watch(_("An answer written down"), addresses("type_in", "write_down"), kind=AccessKind.RECORD)

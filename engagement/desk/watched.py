"""Which of this room's pages show residents? Registered at start; every opening of them is noted."""

from django.utils.translation import gettext_lazy as _

from communities.looks.watched import watch
from communities.models import AccessKind

READERS = ("readers", "readers_results", "digest_readers", "digest_readers_results")


def register() -> None:
    watch(_("Ideas"), ["ideas_desk:index", "ideas_desk:index_results"], kind=AccessKind.LIST)
    watch(_("An idea, with who proposes it"), ["ideas_desk:inspect", "ideas_desk:edit"], kind=AccessKind.RECORD)
    watch(_("A project, with its team"), ["projects_desk:inspect"], kind=AccessKind.RECORD)
    whole = [f"conventions_desk:{name}" for name in ("inspect", "versions", "pdf", "scan", "edit", "ask")]
    watch(_("A whole convention"), whole, kind=AccessKind.RECORD)
    watch(_("A check, with who looks"), ["stewardship:inspect"], kind=AccessKind.RECORD)
    watch(_("The readers of news"), [f"tidings:{name}" for name in READERS], kind=AccessKind.LIST)
    previews = ["tidings:preview", "tidings:digest_preview"]
    watch(_("News, as one reader gets them"), previews, kind=AccessKind.PREVIEW, names="resident")
    watch(_("Certificates"), ["certificates:index", "certificates:results"], kind=AccessKind.LIST)
    watch(_("A work day, with who comes"), ["work_days_desk:work_day"], kind=AccessKind.LIST)
    watch(_("Who came to a work day"), ["days_done:inspect"], kind=AccessKind.LIST)
    watch(_("The sheet of a work day"), ["days_done:sheet"], kind=AccessKind.PRINT)
    watch(_("The names of a work day, for the insurer"), ["insurer:names"], kind=AccessKind.EXPORT)

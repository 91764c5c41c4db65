"""Which groups of staff are there, and what may each do at least?"""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from engagement.permissions import LIAISONS

COMMUNICATION = "Communication"
PARTICIPATION = "Participation"
ADMINISTRATION = "Administration"
ELECTED = LIAISONS

PAGES = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]
FILES = ["add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"]
FILES_ROOT = "Tous les fichiers"

EVERYTHING = ["add", "change", "delete", "view"]
COMMUNICATION_MODELS = {
    "wagtailadmin.admin": ["access"],
    "meetings.venue": EVERYTHING,
    "meetings.announcement": ["add", "view"],
    "meetings.invitation": ["add", "change", "view"],
    "meetings.answer": ["add", "change", "view"],
    "meetings.registration": ["add", "change", "view"],
    "communities.community": ["change", "view"],
    "communities.mailing": ["add", "change", "view"],
    "communities.delivery": ["change", "view"],
    "communities.writtenletter": EVERYTHING,
    "communities.picturerights": ["change", "view"],
    "engagement.project": ["view"],
    "engagement.idea": ["view"],
    "engagement.convention": ["view"],
    "engagement.ledgerentry": ["view"],
    "engagement.stewardshipcheck": ["view"],
    "engagement.yearmeans": ["view"],
    "engagement.projectsheet": EVERYTHING,
    "engagement.dayaccount": ["change", "view"],
    "engagement.workday": ["add", "change", "view"],
    "engagement.volunteer": ["add", "change", "view"],
}
PARTICIPATION_MODELS = COMMUNICATION_MODELS | {
    "meetings.mandate": ["add", "change", "view"],
    "communities.resident": EVERYTHING,
    "communities.neighbourhood": EVERYTHING,
    "communities.community": EVERYTHING,
    "communities.membership": EVERYTHING,
    "communities.residentimport": ["add", "change", "view"],
    "communities.consentevent": ["add", "view"],
    "communities.signup": ["add", "view"],
    "communities.suppression": ["add", "change", "view"],
    "communities.inboundmessage": ["change", "view"],
    "communities.retentionrun": ["view"],
    "engagement.idea": ["add", "change", "decide", "view"],
    "engagement.ideaanswer": ["add", "view"],
    "engagement.project": ["add", "change", "view"],
    "engagement.teammate": EVERYTHING,
    "engagement.theme": EVERYTHING,
    "engagement.scheme": ["change"],
    "engagement.convention": ["add", "change", "sign", "view"],
    "engagement.conventiontemplate": EVERYTHING,
    "engagement.ledgerentry": ["add", "view"],
    "engagement.hourrate": ["add", "change", "view"],
    "engagement.duty": EVERYTHING,
    "engagement.stewardshipcheck": ["add", "change", "view"],
    "engagement.yearmeans": ["add", "change", "view"],
    "engagement.certificaterequest": ["change", "view"],
}
# The elected read; where people live is not their business.
ELECTED_MODELS = {
    "wagtailadmin.admin": ["access"],
    "communities.picturerights": ["view"],
    "engagement.idea": ["view"],
    "engagement.project": ["view"],
    "engagement.convention": ["view"],
    "engagement.ledgerentry": ["view"],
    "engagement.stewardshipcheck": ["view"],
    "engagement.yearmeans": ["view"],
}
ADMINISTERED_APPS = [
    "auth",
    "communities",
    "engagement",
    "meetings",
    "pages",
    "wagtailadmin",
    "wagtailcore",
    "wagtaildocs",
    "wagtailimages",
    "wagtailredirects",
    "wagtailusers",
]


def form(*, home: Page) -> None:
    """Make the groups that are missing and give each what it needs at least; what a town adds stays."""
    for name, permissions in (
        (COMMUNICATION, permissions_on(COMMUNICATION_MODELS)),
        (PARTICIPATION, permissions_on(PARTICIPATION_MODELS)),
        (ADMINISTRATION, Permission.objects.filter(content_type__app_label__in=ADMINISTERED_APPS)),
    ):
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(*permissions)
        open_pages(group, home)
        open_files(group)
    elected, _made = Group.objects.get_or_create(name=ELECTED)
    elected.permissions.add(*permissions_on(ELECTED_MODELS))


def permissions_on(models: dict[str, list[str]]) -> list[Permission]:
    """The permissions named by {"app.model": ["change", ...]}."""
    wanted = Q()
    for label, actions in models.items():
        app, model = label.split(".")
        names = [f"{action}_{model}" for action in actions]
        wanted |= Q(content_type__app_label=app, codename__in=names)
    return list(Permission.objects.filter(wanted))


def open_pages(group: Group, home: Page) -> None:
    """The group writes and publishes everywhere below the home page."""
    granted = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGES)
    if group.name == ADMINISTRATION:
        granted = granted | Permission.objects.filter(codename="bulk_delete_page")
    for permission in granted:
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)


def open_files(group: Group) -> None:
    """The group brings pictures and documents into every collection."""
    collection = Collection.get_first_root_node() or Collection.add_root(name=FILES_ROOT)
    if collection.name == "Root":
        Collection.objects.filter(pk=collection.pk).update(name=FILES_ROOT)
    for permission in Permission.objects.filter(codename__in=FILES):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def clear_defaults() -> None:
    """Delete the two groups Wagtail's migrations make, where nobody joined them."""
    Group.objects.filter(name__in=["Moderators", "Editors"], user__isnull=True).delete()

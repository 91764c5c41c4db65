"""Who at the town hall follows ideas and projects? Officers, and elected liaisons."""

from django.contrib.auth.models import Permission, User
from django.db.models import Q, QuerySet

from engagement.permissions import LIAISONS


def officers() -> QuerySet[User]:
    """Those who may examine ideas, by name."""
    app, codename = "engagement", "change_idea"
    examining = Permission.objects.filter(content_type__app_label=app, codename=codename)
    held = Q(groups__permissions__in=examining) | Q(user_permissions__in=examining) | Q(is_superuser=True)
    return by_name(User.objects.filter(held, is_active=True))


def liaisons() -> QuerySet[User]:
    """The elected, by name."""
    return by_name(User.objects.filter(groups__name=LIAISONS, is_active=True))


def by_name(users: QuerySet[User]) -> QuerySet[User]:
    return users.distinct().order_by("last_name", "first_name", "username")


def name_of(user: User | None) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""

"""What may a member of staff do with residents and communities? Django's permissions, said as sentences."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin
from wagtail.permission_policies import ModelPermissionPolicy

Anyone = AbstractBaseUser | AnonymousUser


def holds(user: Anyone, permission: str) -> bool:
    return isinstance(user, PermissionsMixin) and user.has_perm(f"communities.{permission}")


def may_see_residents(user: Anyone) -> bool:
    """Names and addresses; the others see numbers."""
    return holds(user, "view_resident")


def may_change_residents(user: Anyone) -> bool:
    return holds(user, "change_resident")


def may_change_members(user: Anyone) -> bool:
    """Roles in a community, and who leaves it."""
    return holds(user, "change_membership")


def may_import_residents(user: Anyone) -> bool:
    return holds(user, "add_residentimport")


def may_block_addresses(user: Anyone) -> bool:
    return holds(user, "change_suppression")


class NeverDeleted(ModelPermissionPolicy):
    """What is only ever erased or lifted by a rule: nobody deletes it, whatever Django's permissions say."""

    def user_has_permission(self, user: Anyone, action: str) -> bool:
        return action != "delete" and bool(super().user_has_permission(user, action))

    def users_with_any_permission(self, actions: Any) -> Any:
        return super().users_with_any_permission(set(actions) - {"delete"})

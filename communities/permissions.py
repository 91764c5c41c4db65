"""What may a member of staff do with residents and communities? Django's permissions, said as sentences."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin
from wagtail.permission_policies import ModelPermissionPolicy

Anyone = AbstractBaseUser | AnonymousUser


def holds(user: Anyone, permission: str) -> bool:
    """Whether Django's groups give it to them: "communities.view_resident"; never to a visitor."""
    return isinstance(user, PermissionsMixin) and user.has_perm(permission)


def may_see_residents(user: Anyone) -> bool:
    """Names and addresses; the others see numbers."""
    return holds(user, "communities.view_resident")


def may_see_addresses(user: Anyone) -> bool:
    """Streets, telephone numbers and e-mail addresses: whoever may see the residents. The others see names."""
    return may_see_residents(user)


def may_change_residents(user: Anyone) -> bool:
    return holds(user, "communities.change_resident")


def may_follow_communities(user: Anyone) -> bool:
    """How alive they are, in numbers; the names are for whoever may see residents."""
    return holds(user, "communities.view_community")


def may_change_members(user: Anyone) -> bool:
    """Roles in a community, and who leaves it."""
    return holds(user, "communities.change_membership")


def may_import_residents(user: Anyone) -> bool:
    return holds(user, "communities.add_residentimport")


def may_follow_mailings(user: Anyone) -> bool:
    return holds(user, "communities.view_mailing")


def may_hold_mailings(user: Anyone) -> bool:
    """Pause them, and let them leave again."""
    return holds(user, "communities.change_mailing")


def may_see_letters(user: Anyone) -> bool:
    """The drafts of the town hall's letters, and those that were sent."""
    return holds(user, "communities.view_writtenletter")


def may_send_letters(user: Anyone) -> bool:
    """To communities, to neighbourhoods, to the whole town."""
    return holds(user, "communities.add_mailing")


def may_say_who_was_told(user: Anyone) -> bool:
    """Mark the letters and calls that people made themselves."""
    return holds(user, "communities.change_delivery")


def may_read_received_mail(user: Anyone) -> bool:
    """What residents and their programs wrote to us, with their addresses."""
    return holds(user, "communities.view_inboundmessage")


def may_decide_on_received_mail(user: Anyone) -> bool:
    """Let a message count that was held, or leave it."""
    return holds(user, "communities.change_inboundmessage")


def may_see_blocked_addresses(user: Anyone) -> bool:
    return holds(user, "communities.view_suppression")


def may_see_retention(user: Anyone) -> bool:
    """How long things are kept, what would go tonight and what went; in figures."""
    return holds(user, "communities.view_retentionrun")


def may_decide_on_retention(user: Anyone) -> bool:
    """Change a period, let things go each night or stop that, take the files for the archives."""
    return holds(user, "communities.add_retentionperiod")


def may_see_who_looked(user: Anyone) -> bool:
    """Who at the town hall opened or took away what we know of residents."""
    return holds(user, "communities.view_accesslog")


def may_print_letters(user: Anyone) -> bool:
    """Names and addresses on paper, and saying that they are in the post."""
    return may_see_addresses(user) and may_say_who_was_told(user)


def may_see_picture_rights(user: Anyone) -> bool:
    """How each picture stands."""
    return holds(user, "communities.view_picturerights")


def may_say_picture_rights(user: Anyone) -> bool:
    """Who is on it, what was signed; withdraw it, and show it again."""
    return holds(user, "communities.change_picturerights")


class NeverDeleted(ModelPermissionPolicy):
    """What is only ever erased or lifted by a rule: nobody deletes it, whatever Django's permissions say."""

    def user_has_permission(self, user: Anyone, action: str) -> bool:
        return action != "delete" and bool(super().user_has_permission(user, action))

    def users_with_any_permission(self, actions: Any) -> Any:
        return super().users_with_any_permission(set(actions) - {"delete"})

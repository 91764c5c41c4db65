"""What may a member of staff do with meetings? Django's permissions, said as sentences."""

from communities import permissions
from communities.permissions import Anyone, holds


def may_see_who_is_invited(user: Anyone) -> bool:
    return holds(user, "meetings.view_invitation")


def may_invite_residents(user: Anyone) -> bool:
    return holds(user, "meetings.add_announcement")


def may_say_who_was_told(user: Anyone) -> bool:
    """Mark the letters and calls that people made themselves."""
    return holds(user, "communities.change_delivery")


def may_see_who_comes(user: Anyone) -> bool:
    return holds(user, "meetings.view_answer")


def may_write_answers_down(user: Anyone) -> bool:
    return holds(user, "meetings.add_answer")


def may_let_in_beyond_the_order(user: Anyone) -> bool:
    """Seat someone beyond the seats, or before those who wait."""
    return holds(user, "meetings.change_answer")


def may_see_addresses(user: Anyone) -> bool:
    """Streets, telephone numbers and e-mail addresses: whoever may see the residents. The others see names."""
    return permissions.may_see_residents(user)


def may_print_letters(user: Anyone) -> bool:
    """Names and addresses on paper, and saying that they are in the post."""
    return may_see_addresses(user) and may_say_who_was_told(user)

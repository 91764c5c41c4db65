"""What may a member of staff do with meetings? Django's permissions, said as sentences."""

from communities.permissions import Anyone, holds
from communities.permissions import may_print_letters as may_print_letters
from communities.permissions import may_say_who_was_told as may_say_who_was_told
from communities.permissions import may_see_addresses as may_see_addresses


def may_see_who_is_invited(user: Anyone) -> bool:
    return holds(user, "meetings.view_invitation")


def may_invite_residents(user: Anyone) -> bool:
    return holds(user, "meetings.add_announcement")


def may_see_who_comes(user: Anyone) -> bool:
    return holds(user, "meetings.view_answer")


def may_write_answers_down(user: Anyone) -> bool:
    return holds(user, "meetings.add_answer")


def may_let_in_beyond_the_order(user: Anyone) -> bool:
    """Seat someone beyond the seats, or before those who wait."""
    return holds(user, "meetings.change_answer")

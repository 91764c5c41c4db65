"""Every kind of letter says what the post asks of it."""

from communities.post.kinds import LetterKind, letter_kinds


def test_every_registered_kind_derives_from_the_one_that_says_what_is_asked() -> None:
    kinds = dict(letter_kinds.items())

    assert set(kinds) == {"confirm-sign-up", "invitation", "registration", "expected", "no_seat", "forwarded"}
    assert all(LetterKind in type(kind).__mro__ for kind in kinds.values())

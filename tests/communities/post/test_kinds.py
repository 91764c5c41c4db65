"""Every kind of letter says what the post asks of it."""

from communities.post.kinds import LetterKind, letter_kinds


def test_every_registered_kind_derives_from_the_one_that_says_what_is_asked() -> None:
    kinds = dict(letter_kinds.items())

    assert set(kinds) >= {"confirm-sign-up", "digest", "invitation", "letter", "nudge", "registration", "expected"}
    assert all(LetterKind in type(kind).__mro__ for kind in kinds.values())


def test_every_kind_has_a_name_for_the_list_of_mailings() -> None:
    nameless = {name for name, kind in letter_kinds.items() if "label" not in names_given_by(kind)}

    assert nameless == set()


def names_given_by(kind: LetterKind) -> set[str]:
    """What a kind says itself rather than leave it to the one that all derive from."""
    ours = type(kind).__mro__[: type(kind).__mro__.index(LetterKind)]
    return {name for each in ours for name in vars(each)}


def test_what_one_can_have_enough_of_can_be_muted_and_has_its_line_in_the_weekly_letter() -> None:
    unasked = {name: kind for name, kind in letter_kinds.items() if kind.is_unasked}

    assert "invitation" in unasked
    assert {name for name, kind in unasked.items() if kind.topic is None or kind.purpose is None} == set()
    assert {name for name, kind in unasked.items() if "digest_lines" not in names_given_by(kind)} == set()

"""Names that rooms give to what they add."""

import pytest

from communities.registry import AlreadyRegistered, Registry


def test_a_name_is_given_once() -> None:
    panels: Registry[str] = Registry("panels")
    panels.register("next-meetings", "first")

    with pytest.raises(AlreadyRegistered, match="panels: 'next-meetings' is registered twice"):
        panels.register("next-meetings", "second")

    assert panels["next-meetings"] == "first"


def test_names_come_back_in_their_order() -> None:
    panels: Registry[int] = Registry("panels")
    for number, name in enumerate(["b", "c", "a"]):
        panels.register(name, number)

    assert panels.items() == [("a", 2), ("b", 0), ("c", 1)]
    assert "a" in panels
    assert "d" not in panels

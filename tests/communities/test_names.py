"""Under which name residents read each other."""

import pytest

from communities import names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ada Terril", "Ada T."),
        ("Ada", "Ada"),
        ("", ""),
        ("ada de noyelles", "ada N."),
        (" Ada  Terril ", "Ada T."),
        ("ada@exemple.fr", ""),
        ("Ada ada@exemple.fr", ""),
    ],
)
def test_a_short_name_is_a_first_name_and_an_initial(name: str, shown: str) -> None:
    assert names.short(name) == shown


@pytest.mark.parametrize(
    ("name", "shown"), [("Ada Terril", "Ada"), ("", ""), ("   ", ""), ("ada.terril@exemple.fr", "")]
)
def test_a_first_name_is_all_that_neighbours_say(name: str, shown: str) -> None:
    assert names.first(name) == shown

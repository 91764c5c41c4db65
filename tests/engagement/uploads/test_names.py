"""How a file is called: short, whole, and never a trap for whoever reads or saves it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.uploads import names


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("chat.svg", "chat.svg"),
        ("Été à la Cité 5 (1).JPG", "Été à la Cité 5 (1).JPG"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\Photos\\banc.png", "banc.png"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("a\u200bb\u2066c\u2069\ufeff.jpg", "abc.jpg"),
        ("a\0b\r\nSet-Cookie: x.jpg", "abSet-Cookie x.jpg"),
        ('"><img src=x onerror=alert(1)>.jpg', "img src=x onerror=alert(1).jpg"),
        ("  beaucoup   d’espace .jpg", "beaucoup d’espace .jpg"),
        ("e\u0301te\u0301.jpg", "été.jpg"),
        (".htaccess", "htaccess"),
        ("...", "photo"),
        ("", "photo"),
        (None, "photo"),
        ("x" * 300 + ".jpeg", "x" * 54 + "….jpeg"),
    ],
)
def test_a_name_is_shown_without_what_lies_or_leads_elsewhere(sent: str | None, kept: str) -> None:
    assert names.shown(sent, otherwise="photo") == kept


@given(st.text(max_size=400))
def test_any_name_at_all_becomes_a_short_line_of_visible_signs(sent: str) -> None:
    kept = names.shown(sent, otherwise="photo")

    assert 1 <= len(kept) <= names.LONGEST
    assert all(names.is_seen(sign) for sign in kept)
    assert "/" not in kept
    assert not kept.startswith(".")


@pytest.mark.parametrize(("name", "now"), [("a.b.png", "a.b.jpg"), ("photo", "photo.jpg"), ("x.tar.gz", "x.tar.jpg")])
def test_the_ending_says_what_the_file_is_now(name: str, now: str) -> None:
    assert names.ending_as(name, ".jpg") == now

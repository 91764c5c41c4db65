"""What a letter keeps of formatted text: what mail programs show, and the same in plain text."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from communities.post import rich_words
from tests.factories import home_page

CASES = {
    "a paragraph": ("<p>Bonjour.</p>", "<p>Bonjour.</p>", "Bonjour."),
    "two paragraphs": ("<p>Un.</p><p>Deux.</p>", "<p>Un.</p>\n<p>Deux.</p>", "Un.\n\nDeux."),
    "emphasis": (
        "<p><b>Gras</b> et <i>penché</i></p>",
        "<p><strong>Gras</strong> et <em>penché</em></p>",
        "Gras et penché",
    ),
    "a heading": ("<h3>Samedi</h3><p>Tôt.</p>", "<h2>Samedi</h2>\n<p>Tôt.</p>", "Samedi\n\nTôt."),
    "a list": (
        "<ul><li>pelle</li><li>gants</li></ul>",
        "<ul>\n<li>pelle</li>\n<li>gants</li>\n</ul>",
        "- pelle\n- gants",
    ),
    "a numbered list": (
        "<ol><li>un</li><li>deux</li></ol>",
        "<ol>\n<li>un</li>\n<li>deux</li>\n</ol>",
        "1. un\n2. deux",
    ),
    "a line break": ("<p>ici<br/>là</p>", "<p>ici<br>là</p>", "ici\nlà"),
    "what looks like a tag": ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>", "1 < 2 & 3"),
    "a script": ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>", "ab"),
    "an unknown tag": ("<table><td>mot</td></table>", "<p>mot</p>", "mot"),
    "a broken source": ("<p>a <b>b</p></i>", "<p>a <strong>b</strong></p>", "a b"),
    "nothing": ("<p> </p><p></p>", "", ""),
}
LINKS = {
    "a whole address": ("https://example.org/a?b=1&amp;c=2", "https://example.org/a?b=1&amp;c=2"),
    "a page of ours": ("/reunions/", "https://participer.example/reunions/"),
    "an address of mail": ("mailto:mairie@example.org", "mailto:mairie@example.org"),
}


@pytest.mark.parametrize(("source", "as_html", "as_text"), CASES.values(), ids=CASES)
def test_both_halves_of_a_letter_say_the_same(source: str, as_html: str, as_text: str) -> None:
    written = rich_words.write(source)

    assert written.html == as_html
    assert written.text == as_text


@pytest.mark.parametrize(("typed", "leads_to"), LINKS.values(), ids=LINKS)
def test_a_link_is_a_whole_address_in_both_halves(settings: Settings, typed: str, leads_to: str) -> None:
    settings.SITE_URL = "https://participer.example"

    written = rich_words.write(f'<p>Voir <a href="{typed}">ici</a>.</p>')

    assert f'<a class="letter__link" href="{leads_to}">ici</a>' in written.html
    assert written.text == f"Voir ici ({leads_to.replace('&amp;', '&').removeprefix('mailto:')})."


@pytest.mark.parametrize("hostile", ["javascript:alert(1)", "data:text/html,x", " JaVaScript:alert(1)", "http://[", ""])
def test_a_link_that_leads_nowhere_keeps_only_its_words(hostile: str) -> None:
    written = rich_words.write(f'<p><a href="{hostile}">ici</a></p>')

    assert written.html == "<p>ici</p>"
    assert written.text == "ici"


@pytest.mark.django_db
def test_a_link_to_a_page_follows_it(settings: Settings) -> None:
    page = home_page()

    written = rich_words.write(f'<p><a linktype="page" id="{page.pk}">accueil</a></p>')

    assert f'href="{page.full_url}' in written.html
    assert reverse("wagtail_serve", args=[""]) in written.html


def test_a_link_that_is_its_own_words_is_written_once_in_plain_text() -> None:
    assert rich_words.write('<p><a href="https://e.org">https://e.org</a></p>').text == "https://e.org"


def test_long_lines_are_folded_and_addresses_never_cut() -> None:
    address = "https://example.org/" + "a" * 90

    lines = rich_words.write(f"<p>{'mot ' * 40}{address}</p>").text.split("\n")

    assert max(map(len, lines[:-1])) <= rich_words.WIDTH
    assert lines[-1].endswith(address)


@given(st.text())
def test_whatever_is_typed_becomes_a_letter(typed: str) -> None:
    written = rich_words.write(typed)

    assert "<script" not in written.html.lower()
    assert written.html.count("<strong>") == written.html.count("</strong>")

"""A convention on paper: heard, read, signed and checked, whatever was typed in it."""

import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engagement.conventions import printing
from tests.engagement.documents import HEAD, SHA, convention, promise, signature
from tests.engagement.printed import HOSTILE, can_be_heard, pages, read, said, tags

DRAFT = "PROJET – ne vaut pas signature"


def pdf(**more: object) -> bytes:
    return printing.convention(facts=convention(**more))


def test_a_convention_can_be_heard_by_whoever_does_not_see_it() -> None:
    assert can_be_heard(pdf(), title="Convention nº 2026-04 – Les chemins des agriculteurs")


def test_its_articles_are_headings_and_its_tables_have_headings_too() -> None:
    found = tags(pdf())

    assert found.count("H1") == 1
    assert found.count("H2") == len(["between", "commitments", "signatures", "proof"]) + 12
    assert found.count("Table") == 2
    assert found.count("TH") == 10
    assert "LI" in found
    assert "Figure" in found


def test_it_says_who_what_and_by_when() -> None:
    words = said(pdf())

    for expected in (
        "Mairie d’Exempleville",
        "Convention nº 2026-04",
        "représenté par Ada Terril",
        "Article 1 – Objet",
        "Article 12 – Évaluation et contact",
        "– laisser le chantier propre chaque soir.",
        "24 heures",
        "1 600 €",
        "1er mars 2027",
        "Les agriculteurs de la plaine",
    ):
        assert expected in words


def test_what_was_typed_in_haste_is_set_as_print_sets_it() -> None:
    words = said(pdf())

    assert "« service participation »" in words
    assert "l’ouvrage" in words
    assert "'" not in words


def test_the_value_of_each_side_is_summed_below_its_table() -> None:
    words = said(pdf(promises=[promise(1, value=Decimal("0.10")), promise(3, value=Decimal("0.20")), promise(2)]))

    assert "Valeur totale : 0,30 €" in words
    assert words.count("Valeur totale") == 1


def test_a_commitment_without_value_day_or_name_is_still_a_line() -> None:
    words = said(pdf(promises=[promise(1), promise(3, value=None, due=None, who="", quantity=None)]))

    assert "Conduite des engins et du compacteur – – – –" in words


def test_a_column_in_which_nobody_wrote_anything_is_not_printed() -> None:
    bare = [promise(number, value=None, who="") for number in (1, 3)]

    assert "Qui" not in said(pdf(promises=bare)).split("Signatures")[0].rpartition("Les habitants")[2]
    assert tags(pdf(promises=bare)).count("TH") == 3


def test_only_a_word_too_long_for_its_column_is_cut_in_two() -> None:
    words = said(
        pdf(promises=[promise(2, who="Services techniques"), promise(4, who="Développement approximativement")])
    )

    assert "Services techniques" in words
    assert "Développement" in words


def test_a_side_that_commits_to_nothing_is_told_so_and_no_side_at_all_has_no_table() -> None:
    assert "La commune Aucun engagement n’est écrit pour cette partie." in said(pdf(promises=[promise(1)]))
    assert "Les habitants Aucun engagement n’est écrit pour cette partie." in said(pdf(promises=[promise(2)]))
    assert "Ce à quoi chaque partie s’engage" not in said(pdf(promises=[]))


def test_every_page_bears_its_number_and_the_next_ones_what_they_belong_to() -> None:
    read_pages = pages(pdf())

    for number, page in enumerate(read_pages, start=1):
        assert f"page {number} sur {len(read_pages)}" in page
        assert "Convention nº 2026-04" in page
        assert "Les chemins des agriculteurs" in page


def test_a_draft_says_on_every_page_that_it_is_not_to_be_signed_and_proves_nothing() -> None:
    draft = pdf(sha256="")

    assert DRAFT in pages(draft)[0]
    assert all("PROJET" in page for page in pages(draft))
    assert "K7M2-QX4D" not in said(draft)
    assert DRAFT not in said(pdf())


def test_a_frozen_text_can_be_checked_by_anyone() -> None:
    words = said(pdf())

    assert "commune.example/conventions/verifier/K7M2-QX4D/" in words
    assert "Code : K7M2-QX4D" in words
    assert SHA in words.replace(" ", "")


def test_the_square_says_in_words_what_it_opens() -> None:
    with_square, without = (tags(pdf(url=url)).count("Figure") for url in (convention().url, ""))

    assert with_square == without + 1


def test_on_paper_there_is_a_place_for_two_hands() -> None:
    words = said(pdf())

    assert "Fait en deux exemplaires à Exempleville, le" in words
    assert words.count("Lu et approuvé") == 2


def test_what_was_signed_on_screen_says_when_and_how() -> None:
    at = datetime(2027, 3, 1, 17, 30, tzinfo=UTC)
    on_screen = [
        signature(printing.COMMUNE, "Basile Coron", "maire", signed_at=at, on_screen=True),
        signature(printing.RESIDENTS, "Ada Terril", signed_at=date(2027, 3, 2)),
    ]

    words = said(pdf(signatures=on_screen))

    assert "Signé à l’écran le 1er mars 2027 à 18 h 30 par Basile Coron ; code vérifié par courriel." in words
    assert "Signé sur papier le 2 mars 2027 par Ada Terril." in words
    assert "Fait en deux exemplaires" not in words


@pytest.mark.parametrize("lines", range(0, 40, 4))
def test_the_signatures_are_never_cut_by_the_end_of_a_page(lines: int) -> None:
    last = printing.Article("Contact", [f"Ligne {number}" for number in range(lines)])

    (page,) = [
        page for page in pages(pdf(articles=[*convention().articles, last])) if "Fait en deux exemplaires" in page
    ]

    assert "Signatures" in page
    assert page.count("Lu et approuvé") == 2


def test_ten_who_sign_all_have_their_place() -> None:
    ten = [signature(printing.RESIDENTS, f"Ada Terril {number}") for number in range(10)]

    words = said(pdf(signatures=ten))

    assert words.count("Lu et approuvé") == 10
    assert all(each.name in words for each in ten)


def test_an_amendment_says_what_it_changes() -> None:
    amendment = pdf(amends="2025-02", number="2026-04-A1")

    assert "Avenant nº 2026-04-A1 à la convention nº 2025-02" in said(amendment)
    assert can_be_heard(
        amendment, title="Avenant nº 2026-04-A1 à la convention nº 2025-02 – Les chemins des agriculteurs"
    )


def test_a_reader_of_english_reads_no_french_of_ours() -> None:
    english = printing.convention(facts=convention(language="en"))

    assert read(english).trailer["/Root"]["/Lang"] == "en"
    assert "page 1 of" in said(english)
    assert "Made in two copies in Exempleville" in said(english)


def everywhere(typed: str) -> bytes:
    return pdf(
        title=typed,
        number=typed,
        parties=[printing.Party(printing.RESIDENTS, [typed])],
        articles=[printing.Article(typed, [typed, f"- {typed}"])],
        promises=[promise(1, what=typed, unit=typed, who=typed)],
        signatures=[signature(printing.RESIDENTS, typed, typed)],
    )


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_typed_is_shown_and_never_run(typed: str) -> None:
    shown = typed if '"' not in typed else typed.replace('("', "(« ").replace('")', " »)")

    assert said(everywhere(typed)).replace(" ", "").count(shown.replace(" ", "")) >= 9


@pytest.mark.parametrize(
    "typed", ["un 😀 heureux", "famille 👨‍👩‍👦", "pouce 👍🏽", "中", "x\u0007y", "a\nb", "\u202etourné", "مرحبا"]
)
def test_what_no_font_can_draw_never_keeps_a_convention_from_being_printed(typed: str) -> None:
    assert can_be_heard(everywhere(typed), title=read(everywhere(typed)).metadata.title)


def test_an_emoji_is_a_square_and_the_words_around_it_stay() -> None:
    assert "un □ heureux" in said(pdf(articles=[printing.Article("Objet", ["un 😀 heureux"])]))
    assert "famille □." in said(pdf(articles=[printing.Article("Objet", ["famille 👨‍👩‍👦."])]))


def test_five_thousand_letters_without_a_blank_stay_on_the_sheet() -> None:
    content = pdf(articles=[printing.Article("x" * 300, ["ÿ" * 5000])])

    lines = [line for page in read(content).pages for line in page.extract_text().splitlines()]
    assert sum(line.count("ÿ") for line in lines) == 5000
    assert max(len(line) for line in lines) < 100, "a line holds some seventy letters"


def test_the_same_convention_is_the_same_bytes() -> None:
    assert pdf() == pdf()


def test_a_convention_of_twelve_articles_and_twenty_commitments_takes_less_than_a_second() -> None:
    printing.convention(facts=convention())
    begun = time.perf_counter()

    printing.convention(facts=convention())

    assert time.perf_counter() - begun <= 1


def test_a_town_with_its_own_logo_prints_it_with_its_name() -> None:
    logo = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1"/></svg>'
    town = HEAD.__class__(name=HEAD.name, logo=logo)

    assert tags(pdf(town=town)).count("Figure") == tags(pdf()).count("Figure") + 1

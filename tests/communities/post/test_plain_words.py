"""What a relay answers, for someone who is no postmaster."""

import pytest
from django.utils import translation

from communities.post import plain_words


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("550 5.1.1 <ada@example.org>: User unknown", "Cette adresse n’existe pas, ou n’existe plus."),
        ("452 4.2.2 Mailbox full", "Cette boîte aux lettres est pleine."),
        ("5.7.26 unauthenticated", "Sa messagerie refuse nos messages : voyez « Vérifier l’envoi »."),
        ("550 no such user", ""),
        ("Connection to 192.5.1.1 failed", ""),
        ("host 5.1.1.20 said no", ""),
        ("550 5.99.99 whatever", ""),
        ("Le consentement a été retiré.", ""),
        ("", ""),
    ],
)
def test_a_code_is_told_in_words_and_what_is_no_code_is_left_as_it_is(said: str, meaning: str) -> None:
    with translation.override("fr"):
        assert plain_words.meaning(said).replace("\u00a0", " ").replace("\u202f", " ") == meaning

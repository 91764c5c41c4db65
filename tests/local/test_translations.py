"""Are catalogues compiled when they changed, and only then?"""

import gettext
import os

from config.local import translations

WORDS = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Hello"\nmsgstr "{}"\n'


def write(folder, word):
    source = folder / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(WORDS.format(word), encoding="utf-8")
    return source


def test_a_catalogue_is_compiled_once_until_it_changes(tmp_path):
    source = write(tmp_path, "Bonjour")
    assert translations.compile_catalogues(tmp_path) == 1
    assert translations.compile_catalogues(tmp_path) == 0

    write(tmp_path, "Salut")
    os.utime(source, (source.stat().st_mtime + 5,) * 2)

    assert translations.compile_catalogues(tmp_path) == 1
    with source.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Hello") == "Salut"

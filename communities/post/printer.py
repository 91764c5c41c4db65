"""One PDF, made by a program of its own: a letter takes a megabyte, which goes back to the machine when this ends.

`python printer.py <template>`: the facts on standard input, as JSON; the PDF on standard output. It knows no Django.
What no font here can draw (an emoji, say) would be refused by PDF/UA: a square stands in its place.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

import typst

SQUARE = "□"
REFUSED = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
JOINED = "[\u200d\ufe0f\U0001f3fb-\U0001f3ff]"  # what only makes one picture of several
ATTEMPTS = 3


def pdf(template: Path, facts: str) -> bytes:
    made = typst.compile(
        template,
        root=template.parent,
        font_paths=typst.Fonts(include_system_fonts=False),  # those in the wheel, the same on every machine
        sys_inputs={"data": facts},
        format="pdf",
        pdf_standards="ua-1",
        timestamp=0,
    )
    assert isinstance(made, bytes)  # noqa: S101 - a PDF is one file, whatever its pages
    return made


def refused(error: typst.TypstError) -> list[str]:
    """The texts it has no drawing for, as they were given."""
    found = REFUSED.findall(error.diagnostic)
    return sorted({ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in found})


def without(unknown: list[str], value: Any) -> Any:
    """The same facts, a square in the place of each."""
    if isinstance(value, str):
        any_of = "|".join(map(re.escape, unknown))
        return re.sub(rf"(?:{any_of})(?:{JOINED}+(?:{any_of})?)*", SQUARE, value)
    if isinstance(value, list):
        return [without(unknown, each) for each in value]
    return {key: without(unknown, each) for key, each in value.items()} if isinstance(value, dict) else value


def printed(template: Path, facts: str) -> bytes:
    for _attempt in range(ATTEMPTS):
        try:
            return pdf(template, facts)
        except typst.TypstError as error:
            unknown = refused(error)
            if not unknown:
                raise
            facts = json.dumps(without(unknown, json.loads(facts)), ensure_ascii=False)
    return pdf(template, facts)


if __name__ == "__main__":
    sys.stdout.buffer.write(printed(Path(sys.argv[1]), sys.stdin.buffer.read().decode()))

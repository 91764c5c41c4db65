"""One PDF, made by a program of its own: a letter takes a megabyte, which goes back to the machine when this ends.

`python printer.py <template>`: the facts on standard input, as JSON; the PDF on standard output. It knows no Django.
"""

import sys
from pathlib import Path

import typst

if __name__ == "__main__":
    made = typst.compile(
        Path(sys.argv[1]).read_bytes(),
        font_paths=typst.Fonts(include_system_fonts=False),  # those in the wheel, the same on every machine
        sys_inputs={"data": sys.stdin.buffer.read().decode()},
        format="pdf",
        pdf_standards="ua-1",
        timestamp=0,
    )
    assert isinstance(made, bytes)  # noqa: S101 - a PDF is one file, whatever its pages
    sys.stdout.buffer.write(made)

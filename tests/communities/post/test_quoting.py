"""Any text, written in seven bits and read back by the standard library, is the same text."""

import email
import quopri
from email import policy
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.post import quoting

anything = st.text(alphabet=st.characters(), max_size=300)
words = st.text(alphabet='abc Éé"\\,;:<>@()[]=?._-\r\n\t\x00\x7f😀\u202f', max_size=300)
names = st.one_of(anything, words)


def read_back(header: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(header + b"X-After: still a header\r\n\r\nbody", policy=policy.default)


def name_in(header: bytes) -> str:
    """By the older reader: the newer one leaves a space between two encoded words of a name (against RFC 2047 §6.2)."""
    phrase, _address = parseaddr(email.message_from_bytes(header)["To"])
    return str(make_header(decode_header(phrase)))


def well_formed(header: bytes) -> bool:
    lines = header.split(b"\r\n")
    return (
        header.isascii()
        and header.endswith(b"\r\n")
        and not {b"\r", b"\n"} & {bytes([byte]) for byte in b"".join(lines)}
        and all(line.startswith(b" ") and line.strip() for line in lines[1:-1])
        and all(len(line) <= quoting.LINE for line in lines)
    )


@given(text=names)
def test_any_text_is_a_subject(text: str) -> None:
    header = quoting.text_header("Subject", text)

    message = read_back(header)

    assert well_formed(header)
    assert message["X-After"] == "still a header"
    assert message["Subject"] == quoting.printable(text)


@given(name=names)
def test_any_name_stands_before_an_address(name: str) -> None:
    header = quoting.mailbox_header("To", name, "ada@example.org")

    message = read_back(header)

    assert well_formed(header)
    assert message["X-After"] == "still a header"
    assert [address.addr_spec for address in message["To"].addresses] == ["ada@example.org"]
    assert name_in(header).split() == quoting.printable(name).split()


def test_a_header_injected_in_a_name_is_a_strange_name() -> None:
    header = quoting.mailbox_header("To", "Ada\r\nBcc: all@example.org", "ada@example.org")

    assert read_back(header)["Bcc"] is None
    assert header == b'To: "Ada Bcc: all@example.org" <ada@example.org>\r\n'


def test_a_subject_in_plain_words_is_readable_in_the_source() -> None:
    subject = "Invitation : " + "une longue reunion " * 8

    header = quoting.text_header("Subject", subject)

    assert header.startswith(b"Subject: Invitation : une longue reunion")
    assert well_formed(header)


@given(text=anything)
def test_any_text_is_a_body(text: str) -> None:
    body = quoting.quoted_printable(text)

    lines = body.split(b"\r\n")
    assert body.isascii()
    assert all(len(line) <= quoting.LINE and not line.startswith(b".") for line in lines)
    assert not any(line.endswith((b" ", b"\t")) for line in lines)
    assert quopri.decodestring(body).decode() == in_mail_lines(text)


def in_mail_lines(text: str) -> str:
    written = text.encode("utf-8", "replace").decode()
    return written.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")


@pytest.mark.parametrize("text", [".", "a\n.\n.b", "." * 200, " " * 76, ("a" * 74) + " ", "a" * 75, "a" * 76, "=" * 40])
def test_a_line_that_smtp_would_change_is_quoted(text: str) -> None:
    body = quoting.quoted_printable(text)

    assert not any(line.startswith(b".") or line.endswith(b" ") for line in body.split(b"\r\n"))
    assert max(map(len, body.split(b"\r\n"))) <= quoting.LINE
    assert quopri.decodestring(body).decode() == in_mail_lines(text)


@pytest.mark.parametrize(
    ("given_address", "written"),
    [
        ("ada@example.org", "ada@example.org"),
        (" ada.terril+reunions@example.org ", "ada.terril+reunions@example.org"),
        ("o'neil@example.org", "o'neil@example.org"),
        ("ada@chênaie.example", "ada@xn--chnaie-jva.example"),
    ],
)
def test_an_address_is_written_in_ascii(given_address: str, written: str) -> None:
    assert quoting.address(given_address) == written


@pytest.mark.parametrize(
    "impossible",
    [
        "", "ada", "@example.org", "ada@", "ada@example.org\r\nRCPT TO:<all@example.org>", "a b@example.org",
        "ada@example.org>", "<ada@example.org", "é@example.org", '"a"@example.org', "ada@" + "a" * 300 + ".org",
        "ada@exa mple.org", "a\x00@example.org", "ada@é" + "é" * 300, "ada@[127.0.0.1]", "ada@\udc80",
    ],
)  # fmt: skip
def test_an_impossible_address_is_refused(impossible: str) -> None:
    with pytest.raises(quoting.Unaddressable):
        quoting.address(impossible)


@given(text=anything)
def test_an_address_is_either_refused_or_harmless(text: str) -> None:
    try:
        written = quoting.address(f"{text}@example.org")
    except quoting.Unaddressable:
        return

    assert written.isascii()
    assert not set(written) & set('\r\n <>,;:"\\')

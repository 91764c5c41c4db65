"""A line that failed is told in the staff's words, with the machine's own beside them."""

import smtplib
import socket
import ssl
from imaplib import IMAP4

import pytest

from communities import broken_lines

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConnectionRefusedError(111, "Connection refused"), "nobody answers there ([Errno 111] Connection refused)"),
        (socket.gaierror(-2, "Unknown"), "no machine of that name is known ([Errno -2] Unknown)"),
        (TimeoutError("timed out"), "it did not answer in time (timed out)"),
        (ssl.SSLCertVerificationError(1, "self-signed"), "it cannot prove who it is (self-signed)"),
        (ssl.SSLError(1, "wrong version"), "no encrypted line could be opened (wrong version)"),
        (ConnectionResetError(104, "reset"), "the line broke ([Errno 104] reset)"),
        (smtplib.SMTPServerDisconnected("closed"), "the line broke (closed)"),
        (IMAP4.abort("bye"), "the line broke (bye)"),
        (OSError("something rare"), "something rare"),
        (EOFError(), "EOFError"),
    ],
)
def test_each_kind_of_failure_has_its_words(error: Exception, words: str) -> None:
    assert broken_lines.words(error) == words

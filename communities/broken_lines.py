"""Another machine could not be spoken to: what does that mean, for someone who keeps no servers?"""

import smtplib
import socket
import ssl
from imaplib import IMAP4

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

THE_LINE_BROKE = _("the line broke")
# The first that fits: the narrower kind of error stands before the wider one.
MEANINGS: list[tuple[type[Exception], str | Promise]] = [
    (ssl.SSLCertVerificationError, _("it cannot prove who it is")),
    (ssl.SSLError, _("no encrypted line could be opened")),
    (socket.gaierror, _("no machine of that name is known")),
    (ConnectionRefusedError, _("nobody answers there")),
    (TimeoutError, _("it did not answer in time")),
    (ConnectionError, THE_LINE_BROKE),
    (smtplib.SMTPServerDisconnected, THE_LINE_BROKE),
    (IMAP4.abort, THE_LINE_BROKE),
]


def words(error: Exception) -> str:
    """What happened, and in brackets the machine's own words, for whoever keeps the server."""
    said = str(error) or type(error).__name__
    meaning = next((meaning for kind, meaning in MEANINGS if isinstance(error, kind)), "")
    return f"{meaning} ({said})" if meaning else said

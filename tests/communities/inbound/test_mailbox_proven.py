"""The password of a mailbox is said to its server alone, never to whoever answers in its place."""

import datetime as dt
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone
from pytest_django import Settings

from communities.inbound import mailbox
from communities.models import InboundMessage, Mailbox

pytestmark = pytest.mark.django_db


def forged_papers(folder: Path) -> ssl.SSLContext:
    """A certificate that nobody vouches for."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begun = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = begun.serial_number(1).not_valid_before(now).not_valid_after(now + dt.timedelta(days=1))
    certificate = dated.sign(key, hashes.SHA256())
    papers = folder / "papers.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    papers.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(papers)
    return context


@pytest.fixture
def said_to_the_impostor(tmp_path: Path, settings: Settings) -> Iterator[list[bytes]]:
    """Everything that one who answers at the mailbox's address is told."""
    said: list[bytes] = []
    door = socket.create_server(("127.0.0.1", 0))
    settings.INBOUND_IMAP_URL = f"imaps://town:secret@localhost:{door.getsockname()[1]}/INBOX"

    def answer() -> None:
        caller, _address = door.accept()
        caller.settimeout(5)
        try:
            with forged_papers(tmp_path).wrap_socket(caller, server_side=True) as line:
                line.sendall(b"* OK here\r\n")
                said.append(line.recv(1_000))
        except OSError:
            pass

    impostor = threading.Thread(target=answer, daemon=True)
    impostor.start()
    yield said
    impostor.join(timeout=10)
    door.close()


def test_whoever_cannot_prove_to_be_the_server_hears_nothing(said_to_the_impostor: list[bytes]) -> None:
    taken = mailbox.fetch(now=timezone.now())

    assert (taken, InboundMessage.objects.count()) == (0, 0)
    assert "certificate" in Mailbox.objects.get().trouble
    assert not said_to_the_impostor

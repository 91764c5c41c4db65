"""A form whose fields are messages reads as Django would read it, without its limit."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.multipartparser import MultiPartParser
from django.test import RequestFactory
from django.test.client import BOUNDARY

from communities.inbound.long_forms import LongForm


def read(*, long: bool, **fields: Any) -> tuple[Any, Any]:
    request = RequestFactory().post("/", fields)
    handlers = [LongForm(request)] if long else request.upload_handlers
    return MultiPartParser(request.META, io.BytesIO(request.body), handlers, "utf-8").parse()


def test_it_reads_what_django_reads() -> None:
    fields: dict[str, Any] = {"body-mime": f"From: a\r\n\r\n--{BOUNDARY[1:]} été\r\n", "empty": "", "twice": ["1", "2"]}
    named = {"name": "été.pdf", "content": b"\0\r\n%PDF", "content_type": "application/pdf"}

    ours, theirs = (
        read(long=long, **fields, **{"attachment-1": SimpleUploadedFile(**named)}) for long in (True, False)
    )

    assert ours[0] == theirs[0]
    assert ours[0]["body-mime"] == fields["body-mime"]
    file, same = ours[1]["attachment-1"], theirs[1]["attachment-1"]
    assert (file.name, file.content_type, file.read()) == (same.name, same.content_type, same.read())

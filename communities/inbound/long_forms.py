"""How is a form read that holds a whole message? Django's limit on fields is made for forms that people fill in."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.datastructures import MultiValueDict
from django.utils.http import parse_header_parameters

from .mime import Hostile, Walk, headers_of

HEADER = re.compile(r"^(content-[a-z]+)[ \t]*:[ \t]*(.*?)\r?$", re.IGNORECASE | re.MULTILINE)


class LongForm(FileUploadHandler):
    """multipart/form-data (RFC 7578) in one piece, however long its fields are: only for a caller who is proven."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> tuple[QueryDict, MultiValueDict[str, Any]]:
        written = encoding or "utf-8"
        fields: QueryDict = QueryDict(mutable=True, encoding=written)
        files: MultiValueDict[str, Any] = MultiValueDict()
        try:
            for headers, content in parts(input_data.read(), boundary, written):
                _form_data, about = parse_header_parameters(headers.get("content-disposition", ""))
                if file_name := about.get("filename"):
                    kind = headers.get("content-type", "application/octet-stream")
                    files.appendlist(about.get("name", ""), SimpleUploadedFile(file_name, content, kind))
                elif "name" in about:
                    fields.appendlist(about["name"], content.decode(written, "replace"))
        except Hostile as trouble:
            raise MultiPartParserError(str(trouble)) from trouble
        return fields, files


def parts(form: bytes, boundary: bytes, encoding: str) -> Iterator[tuple[dict[str, str], bytes]]:
    """Each with its headers, their names in lower case."""
    for start, end in Walk(form).cut(boundary, 0, len(form)):
        _headers, body = headers_of(form, start, end)
        head = form[start:body].decode(encoding, "replace")
        yield {name.lower(): value for name, value in HEADER.findall(head)}, form[body:end]

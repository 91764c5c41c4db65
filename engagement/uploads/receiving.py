"""What is in an uploaded file, without ever holding more than we take?"""

from django.core.files.uploadedfile import UploadedFile

from . import refusals


def content_of(file: UploadedFile) -> bytes:
    """Its bytes, whatever size it says it has. Raises Empty or TooLarge."""
    if (file.size or 0) > refusals.MOST_BYTES:
        raise refusals.TooLarge
    file.seek(0)
    content: bytes = file.read(refusals.MOST_BYTES + 1)
    if len(content) > refusals.MOST_BYTES:
        raise refusals.TooLarge
    if not content:
        raise refusals.Empty
    return content

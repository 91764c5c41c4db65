"""What does a picture look like, for those who decide on it? Made on the spot: nothing of it is left anywhere."""

import io

from PIL import Image as Pillow
from PIL import ImageOps
from wagtail.images.models import Image

from . import keeping_back

LONGEST = 900


def jpeg(image: Image) -> bytes | None:
    """At most LONGEST pixels on its long side; None for a drawing (SVG) and for what cannot be read."""
    file = keeping_back.original(image)
    if file is None or image.is_svg():
        return None
    made = io.BytesIO()
    try:
        with file, Pillow.open(file) as picture:
            picture.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST, LONGEST))
            upright.convert("RGB").save(made, "JPEG", quality=80)
    except (OSError, ValueError, Pillow.DecompressionBombError):
        return None
    return made.getvalue()

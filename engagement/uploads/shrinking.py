"""How does a photograph become small, upright and plain, without a second copy of it in memory?"""

import io

from PIL import ExifTags, Image, ImageCms

STRIP = 128  # lines at a time
SEE_THROUGH = {"P", "PA", "LA", "La", "RGBA", "RGBa"}
PLAIN = {"L", "RGB", "CMYK"}
DEEP = {"I;16", "I;16L", "I;16B", "I"}
PAPER = (255, 255, 255)
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def small(image: Image.Image, *, longest: int) -> Image.Image:
    """The first image of a file: at most `longest` pixels on its long side, as it was seen, in sRGB, on white paper,
    with nothing else that the file held.
    """
    image.draft("RGB", (longest, longest))  # a JPEG decodes to a half, a quarter, an eighth of itself
    image.load()
    turn = UPRIGHT.get(orientation_of(image))
    profile = image.info.get("icc_profile")
    reduced = in_strips(image, factor=max(1, max(image.size) // (2 * longest)))
    reduced.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    plain = in_srgb(reduced, profile)
    return plain.transpose(turn) if turn is not None else plain


def in_strips(image: Image.Image, *, factor: int) -> Image.Image:
    """A plain copy, `factor` times smaller, made a strip at a time."""
    lines, copy = STRIP * factor, None
    size = (-(-image.width // factor), -(-image.height // factor))
    for top in range(0, image.height, lines):
        strip = plain(image.crop((0, top, image.width, min(top + lines, image.height))))
        copy = copy or Image.new(strip.mode, size)
        copy.paste(strip.reduce(factor), (0, top // factor))
    return copy or Image.new("RGB", (1, 1), PAPER)


def plain(strip: Image.Image) -> Image.Image:
    """Without transparency, eight bits a colour."""
    if strip.mode in DEEP:
        return strip.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if strip.mode in SEE_THROUGH or "transparency" in strip.info:
        return on_paper(strip.convert("RGBA"))
    if strip.mode in PLAIN:
        return strip
    return strip.convert("L" if strip.mode in {"1", "F"} else "RGB")


def on_paper(seen: Image.Image) -> Image.Image:
    paper = Image.new("RGB", seen.size, PAPER)
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as the file's profile means them; as screens take them where it has none, or an unreadable one."""
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile or b""))
        converted = ImageCms.profileToProfile(image, meant, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        converted = None
    return bare(converted or image)


def bare(image: Image.Image) -> Image.Image:
    """Colours and nothing besides: no profile, no comment, no place."""
    colours = image.convert("RGB")
    copy = Image.new("RGB", colours.size)
    copy.paste(colours)
    return copy


def orientation_of(image: Image.Image) -> int:
    """How the camera was held (EXIF), 1 when it does not say it legibly."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # what a camera writes there is free text to a hostile hand; a picture lying down is no harm
        return 1


def jpeg(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=82, optimize=True, progressive=True)
    return written.getvalue()

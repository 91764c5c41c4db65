"""Is what we keep of a photograph a photograph, upright, in its colours, and nothing else?"""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from PIL import Image

from engagement.uploads import cleaning
from engagement.uploads.cleaning import CleanPicture
from tests.engagement.uploads import files


def cleaned(content: bytes, *, name: str = "IMG_0042.jpg") -> CleanPicture:
    return cleaning.picture(file=files.sent(content, name=name))


def colour_of(picture: CleanPicture) -> tuple[int, ...]:
    colour = files.read(picture.content).resize((1, 1)).getpixel((0, 0))
    assert isinstance(colour, tuple)
    return colour


def close(one: tuple[int, ...], other: tuple[int, ...], *, within: int = 6) -> bool:
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "HEIF"])
def test_every_kind_of_photograph_becomes_a_jpeg(kind: str) -> None:
    picture = cleaned(files.photo(kind))

    made = files.read(picture.content)
    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (300, 200))
    assert (picture.width, picture.height, picture.media_type) == (300, 200, "image/jpeg")


def test_a_large_photograph_becomes_small_and_keeps_its_shape() -> None:
    picture = cleaned(files.photo(size=(4800, 2400)))

    assert (picture.width, picture.height) == (1600, 800)


def test_a_small_photograph_is_not_blown_up() -> None:
    assert cleaned(files.photo(size=(40, 30))).width == 40


@pytest.mark.parametrize("size", [(1, 1), (1, 30_000), (30_000, 1)])
def test_a_photograph_of_any_shape_is_taken(size: tuple[int, int]) -> None:
    picture = cleaned(files.photo("PNG", size=size))

    assert min(picture.width, picture.height) == 1
    assert max(picture.width, picture.height) <= 1600


def test_it_is_painted_in_passes_so_that_a_slow_line_shows_it_early() -> None:
    assert files.read(cleaned(files.photo()).content).info["progressive"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_nothing_is_left_of_where_when_and_with_what_it_was_taken(kind: str) -> None:
    told = {"exif": files.exif(place=True), "icc_profile": files.profile(), "xmp": b"<x:xmpmeta>Ada</x:xmpmeta>"}
    sent = files.photo(kind, **told)
    assert b"Telephone of Ada" in sent

    made = files.read(cleaned(sent).content)

    assert not made.getexif()
    assert set(made.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert b"Ada" not in cleaned(sent).content


def test_no_comment_is_left() -> None:
    assert b"Ada lives" not in cleaned(files.photo(comment=b"Ada lives at 3, rue de Lens")).content


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_as_it_was_seen_however_the_telephone_was_held(orientation: int) -> None:
    seen = Image.new("RGB", (160, 80), "white")
    seen.paste(files.BRICK, (0, 0, 40, 40))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # how the sensor lay, undone by the viewer
    lying = seen.transpose(Image.Transpose(back[orientation])) if orientation > 1 else seen
    sent = files.written(lying, "JPEG", exif=files.exif(orientation=orientation), quality=95)

    made = files.read(cleaned(sent).content)

    assert made.size == (160, 80)
    corner = made.getpixel((16, 16))
    assert isinstance(corner, tuple)
    assert close(corner, files.BRICK, within=20)


@pytest.mark.parametrize("orientation", [0, 9, 65_000])
def test_a_senseless_orientation_is_passed_over(orientation: int) -> None:
    assert cleaned(files.photo(exif=files.exif(orientation=orientation))).width == 300


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data:UserWarning")  # Pillow tells the log
def test_unreadable_notes_of_a_camera_do_not_refuse_the_photograph() -> None:
    assert cleaned(files.photo(exif=b"Exif\0\0II*\0" + b"\xff" * 60)).width == 300


def test_unreadable_colours_are_taken_as_screens_take_them() -> None:
    assert close(colour_of(cleaned(files.plain(files.BRICK, icc_profile=b"not a profile"))), files.BRICK)


def test_a_profile_for_other_colours_is_passed_over() -> None:
    grey = files.plain(128, mode="L", icc_profile=files.profile())

    assert close(colour_of(cleaned(grey)), (128, 128, 128))


def test_a_photograph_for_printers_keeps_its_colours() -> None:
    assert close(colour_of(cleaned(files.plain((0, 255, 255, 0), "JPEG", mode="CMYK"))), (255, 0, 0))


@pytest.mark.parametrize(("depth", "grey"), [(0, 0), (32_896, 128), (65_535, 255)])
def test_a_scan_of_sixteen_bits_keeps_its_greys(depth: int, grey: int) -> None:
    assert close(colour_of(cleaned(files.plain(depth, mode="I;16"))), (grey,) * 3)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_seen_through_is_seen_on_white_paper(mode: str) -> None:
    clear = (0, 0, 0, 0) if mode == "RGBA" else (0, 0)

    assert close(colour_of(cleaned(files.plain(clear, mode=mode))), (255, 255, 255))


def test_a_palette_with_a_clear_colour_is_seen_on_white_paper() -> None:
    assert close(colour_of(cleaned(files.plain(0, mode="P", transparency=0))), (255, 255, 255))


def test_a_clear_colour_among_true_colours_is_seen_on_white_paper() -> None:
    assert close(colour_of(cleaned(files.plain((9, 9, 9), transparency=(9, 9, 9)))), (255, 255, 255))


def test_a_drawing_in_black_and_white_is_taken() -> None:
    assert close(colour_of(cleaned(files.plain(1, mode="1"))), (255, 255, 255))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "AVIF", "PNG"])
def test_of_a_moving_picture_the_first_is_kept(kind: str) -> None:
    first, *others = [Image.new("RGB", (64, 64), (shade, shade, 255 - shade)) for shade in range(0, 250, 10)]

    picture = cleaned(files.written(first, kind, save_all=True, append_images=others))

    assert close(colour_of(picture), (0, 0, 255), within=12)


def test_a_telephone_that_keeps_two_pictures_in_one_file_is_understood() -> None:
    """Depth, brightness, a second eye: many a JPEG of today holds them behind the first (CIPA DC-007)."""
    second = files.gradient((150, 100))

    picture = cleaned(files.photo("MPO", size=(4000, 3000), save_all=True, append_images=[second]))

    assert (picture.width, picture.height) == (1600, 1200)


def test_seams_of_a_picture_made_in_strips_do_not_show() -> None:
    smooth = files.gradient((3300, 2100))
    picture = cleaned(files.written(smooth, "PNG", compress_level=1))

    column = list(files.read(picture.content).getchannel("G").crop((800, 0, 801, picture.height)).tobytes())
    assert max(abs(one - other) for one, other in pairwise(column)) <= 4


@pytest.mark.parametrize("name", ["photo.txt", "photo", "photo.svg", "photo.exe"])
def test_the_content_decides_and_never_the_name(name: str) -> None:
    assert cleaned(files.photo("PNG"), name=name).name == "photo.jpg"


def test_the_same_photograph_gives_the_same_bytes_whoever_sends_at_the_same_time() -> None:
    content = files.photo("HEIF", size=(1200, 800))

    with ThreadPoolExecutor(4) as visitors:
        kept = set(visitors.map(cleaned, [content] * 8))

    assert len(kept) == 1

"""Where do the files of a picture lie? In no public place while nobody may see it: not its sizes, nor its original.

Whatever shows pictures finds no file then, whoever wrote it; the town's door (deploy/Caddyfile) opens `images` alone.
"""

import datetime as dt
from pathlib import PurePosixPath

from django.core.files import File
from django.core.files.storage import Storage
from django.db import transaction
from wagtail.images.models import Image

from communities.models import PictureRights
from communities.models.picture_rights import BARRED

FOLDER = "kept_back"
AT_ONCE = 500


def reconcile(*, rights: PictureRights, today: dt.date) -> None:
    """Put the files where its state says; a second time, or after half of it, does what is left to do."""
    if rights.state_on(today) in BARRED:
        keep_back(rights.image)
    else:
        bring_back(rights.image)


def reconcile_all(*, today: dt.date) -> None:
    """What the clock ended, what was made meanwhile, and what belongs to a picture that is no more."""
    every = PictureRights.objects.select_related("image").prefetch_related("image__renditions")
    for seen in every.iterator(chunk_size=AT_ONCE):
        if is_out_of_place(seen, today):
            with transaction.atomic():  # as it stands now: it may have been withdrawn since it was read
                reconcile(rights=PictureRights.objects.select_for_update().get(pk=seen.pk), today=today)
    forget_orphans()


def is_out_of_place(rights: PictureRights, today: dt.date) -> bool:
    image, storage = rights.image, rights.image.file.storage
    if rights.state_on(today) in BARRED:
        return bool(image.renditions.all()) or storage.exists(image.file.name)
    return bool(storage.exists(place_of(image)))


def place_of(image: Image) -> str:
    """Where its original waits."""
    return f"{FOLDER}/{image.pk}/{PurePosixPath(image.file.name).name}"


def keep_back(image: Image) -> None:
    for rendition in image.renditions.all():
        rendition.file.storage.delete(rendition.file.name)
        rendition.delete()
    move(image.file.storage, image.file.name, place_of(image))


def bring_back(image: Image) -> None:
    move(image.file.storage, place_of(image), image.file.name)


def move(storage: Storage, source: str, target: str) -> None:
    """The copy is whole before the first goes."""
    if not storage.exists(source):
        return
    if storage.exists(target):
        storage.delete(target)
    with storage.open(source, "rb") as file:
        storage.save(target, File(file))
    storage.delete(source)


def forget_orphans() -> None:
    """The originals of pictures that were deleted while they were kept back."""
    storage = Image._meta.get_field("file").storage
    if not storage.exists(FOLDER):
        return
    there = {int(name) for name in storage.listdir(FOLDER)[0] if name.isdecimal()}
    for gone in there - set(Image.objects.filter(pk__in=there).values_list("pk", flat=True)):
        for name in storage.listdir(f"{FOLDER}/{gone}")[1]:
            storage.delete(f"{FOLDER}/{gone}/{name}")
        storage.delete(f"{FOLDER}/{gone}")


def original(image: Image) -> File | None:
    """Its file, wherever it lies, open for whoever was let in; None when it is nowhere."""
    storage: Storage = image.file.storage
    for name in (image.file.name, place_of(image)):
        if storage.exists(name):
            return storage.open(name, "rb")
    return None

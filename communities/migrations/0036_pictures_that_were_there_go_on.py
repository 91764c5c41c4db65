"""What the town shows already goes on being shown, and stands in the report until somebody says who is on it."""

from django.db import migrations


def note_them(apps, schema_editor):
    rights = apps.get_model("communities", "PictureRights")
    there = apps.get_model("wagtailimages", "Image").objects.values_list("pk", flat=True)
    rights.objects.bulk_create(rights(image_id=pk, was_there_before=True) for pk in there)


class Migration(migrations.Migration):
    dependencies = [("communities", "0035_pictures_know_who_is_on_them")]

    operations = [migrations.RunPython(note_them, migrations.RunPython.noop)]

"""What a search reads of an idea is worked out once, when it is written, and has an index."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models

from communities.folding import FoldedWords, Joined


class Migration(migrations.Migration):
    dependencies = [("engagement", "0020_a_photo_is_its_takers")]

    operations = [
        migrations.AddField(
            "idea",
            "speech",
            models.GeneratedField(
                expression=SearchVector(FoldedWords(Joined("title")), weight="A", config="french")
                + SearchVector(FoldedWords(Joined("what", "place")), weight="C", config="french"),
                output_field=SearchVectorField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex("idea", GinIndex(fields=["speech"], name="ideas_by_their_words")),
    ]

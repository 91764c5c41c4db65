"""What a search reads of communities and of their places is worked out once, when it is written."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models

from communities.folding import FoldedWords, Joined


class Migration(migrations.Migration):
    dependencies = [("communities", "0027_a_mark_touches_few_indexes")]

    operations = [
        migrations.AddField(
            "community",
            "speech",
            models.GeneratedField(
                expression=SearchVector(FoldedWords(Joined("name")), weight="A", config="french")
                + SearchVector(FoldedWords(Joined("summary", "description")), weight="C", config="french"),
                output_field=SearchVectorField(),
                db_persist=True,
            ),
        ),
        migrations.AddField(
            "neighbourhood",
            "speech",
            models.GeneratedField(
                expression=SearchVector(FoldedWords(Joined("name")), weight="C", config="french"),
                output_field=SearchVectorField(),
                db_persist=True,
            ),
        ),
    ]

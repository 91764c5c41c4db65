from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0027_a_mark_touches_few_indexes"),
        ("engagement", "0001_initial"),
        ("wagtailimages", "0027_image_description"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConventionTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("is_in_use", models.BooleanField(default=True, verbose_name="proposed for new conventions")),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "model of convention",
                "verbose_name_plural": "models of conventions",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="KeptFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("media_type", models.CharField(max_length=64, verbose_name="kind of file")),
                ("content", models.BinaryField(verbose_name="content")),
                ("sha256", models.CharField(max_length=64, verbose_name="fingerprint")),
                ("width", models.PositiveIntegerField(blank=True, null=True, verbose_name="width")),
                ("height", models.PositiveIntegerField(blank=True, null=True, verbose_name="height")),
                ("kept_at", models.DateTimeField(verbose_name="kept on")),
            ],
            options={
                "verbose_name": "kept file",
                "verbose_name_plural": "kept files",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address on the site")),
            ],
            options={
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Convention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=24, unique=True, verbose_name="number")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "being written"),
                            ("proposed", "to be signed"),
                            ("signed", "signed"),
                            ("ended", "ended"),
                            ("dropped", "never signed"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                (
                    "holder",
                    models.CharField(
                        help_text="The person, the group and its spokesperson, the association and who represents it.",
                        max_length=255,
                        verbose_name="on the residents’ side",
                    ),
                ),
                (
                    "commune",
                    models.CharField(
                        help_text="The commune, and who represents it.",
                        max_length=255,
                        verbose_name="on the commune’s side",
                    ),
                ),
                (
                    "deliberation",
                    models.CharField(blank=True, max_length=255, verbose_name="deliberation of the council"),
                ),
                ("purpose", models.TextField(max_length=2000, verbose_name="purpose")),
                ("site", models.CharField(blank=True, max_length=255, verbose_name="place")),
                ("starts_on", models.DateField(verbose_name="in force from")),
                ("months", models.PositiveSmallIntegerField(default=36, verbose_name="for how many months")),
                (
                    "renewable_months",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="0: it is not renewed by itself.",
                        verbose_name="renewed each time for, in months",
                    ),
                ),
                ("renewals", models.PositiveSmallIntegerField(default=0, verbose_name="renewed at most so many times")),
                (
                    "review_months",
                    models.PositiveSmallIntegerField(default=12, verbose_name="reviewed every so many months"),
                ),
                ("maintenance", models.TextField(blank=True, max_length=2000, verbose_name="maintenance plan")),
                ("insurance", models.TextField(blank=True, max_length=1000, verbose_name="insurance")),
                (
                    "passage_cm",
                    models.PositiveSmallIntegerField(
                        default=140,
                        help_text="0: not concerned.",
                        verbose_name="accessible passage kept, in centimetres",
                    ),
                ),
                (
                    "take_back",
                    models.TextField(blank=True, max_length=1000, verbose_name="when the commune takes it back"),
                ),
                ("contact", models.CharField(blank=True, max_length=255, verbose_name="contact")),
                ("evaluation", models.TextField(blank=True, max_length=1000, verbose_name="evaluation")),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="Two or three sentences for the public register: no name, no address of a person.",
                        max_length=600,
                        verbose_name="public summary",
                    ),
                ),
                ("text", models.TextField(blank=True, editable=False, verbose_name="text as it is signed")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64, verbose_name="fingerprint")),
                (
                    "code",
                    models.CharField(
                        editable=False, max_length=16, null=True, unique=True, verbose_name="code of verification"
                    ),
                ),
                ("ends_on", models.DateField(blank=True, editable=False, null=True, verbose_name="in force until")),
                ("created_at", models.DateTimeField(verbose_name="begun on")),
                (
                    "proposed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="to be signed since"),
                ),
                ("signed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="signed on")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended, noted on"),
                ),
                ("ended_on", models.DateField(blank=True, editable=False, null=True, verbose_name="ended on")),
                (
                    "end_reason",
                    models.TextField(blank=True, editable=False, max_length=1000, verbose_name="why it ended"),
                ),
                (
                    "amends",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="engagement.convention",
                        verbose_name="amends",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="engagement.conventiontemplate",
                        verbose_name="model it was written from",
                    ),
                ),
            ],
            options={
                "verbose_name": "convention",
                "verbose_name_plural": "conventions",
                "ordering": ["-created_at", "-pk"],
                "permissions": [("sign_convention", "Can note and take signatures for the commune")],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("residents", "residents"), ("commune", "commune")], max_length=16, verbose_name="side"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("money", "money"),
                            ("materials", "materials"),
                            ("equipment", "equipment lent"),
                            ("technical", "technical hours"),
                            ("hands", "hands"),
                            ("maintenance", "maintenance"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("what", models.CharField(max_length=255, verbose_name="what")),
                (
                    "quantity",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="how much"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=24, verbose_name="unit")),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="worth, in euros"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="no later than")),
                ("who", models.CharField(blank=True, max_length=160, verbose_name="who")),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="engagement.commitment",
                        verbose_name="replaces",
                    ),
                ),
                (
                    "convention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commitments",
                        to="engagement.convention",
                        verbose_name="convention",
                    ),
                ),
            ],
            options={
                "verbose_name": "commitment",
                "verbose_name_plural": "commitments",
                "ordering": ["side", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Clause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("heading", models.CharField(max_length=160, verbose_name="heading")),
                ("text", models.TextField(max_length=6000, verbose_name="text")),
                (
                    "template",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clauses",
                        to="engagement.conventiontemplate",
                    ),
                ),
            ],
            options={
                "verbose_name": "clause",
                "verbose_name_plural": "clauses",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConventionVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("content", models.JSONField(verbose_name="content")),
                ("note", models.CharField(blank=True, max_length=255, verbose_name="what changed")),
                ("written_at", models.DateTimeField(verbose_name="on")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="done by",
                    ),
                ),
                (
                    "convention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="engagement.convention",
                        verbose_name="convention",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a convention",
                "verbose_name_plural": "versions of conventions",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="HourRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("technical", "technical hours"), ("hands", "hands"), ("maintenance", "maintenance")],
                        max_length=16,
                        verbose_name="kind of hours",
                    ),
                ),
                ("euros", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="euros an hour")),
                ("from_on", models.DateField(verbose_name="in force from")),
                ("source", models.CharField(max_length=255, verbose_name="source")),
            ],
            options={
                "verbose_name": "value of an hour",
                "verbose_name_plural": "values of hours",
                "ordering": ["kind", "-from_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "from_on"), name="one_rate_per_kind_and_day"),
                    models.CheckConstraint(condition=models.Q(("euros__gt", 0)), name="an_hour_is_worth_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Idea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "a person"),
                            ("group", "a group of residents"),
                            ("association", "an association"),
                            ("school", "a school"),
                        ],
                        default="person",
                        max_length=16,
                        verbose_name="who proposes",
                    ),
                ),
                (
                    "organisation",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="name of the group, association or school"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                ("what", models.TextField(blank=True, max_length=4000, verbose_name="the idea")),
                ("place", models.CharField(blank=True, max_length=255, verbose_name="where")),
                (
                    "point_x",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(1000)],
                        verbose_name="point on the map, from the left",
                    ),
                ),
                (
                    "point_y",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(1000)],
                        verbose_name="point on the map, from the top",
                    ),
                ),
                ("who", models.TextField(blank=True, max_length=2000, verbose_name="who would do it")),
                ("commits", models.TextField(blank=True, max_length=2000, verbose_name="what they commit to")),
                ("asks", models.TextField(blank=True, max_length=2000, verbose_name="what they ask of the town")),
                (
                    "shown_as",
                    models.CharField(
                        blank=True,
                        help_text="Only with their consent: a first name and an initial, say. Empty: no name is shown.",
                        max_length=80,
                        verbose_name="name shown on the site",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("received", "received"),
                            ("examination", "under examination"),
                            ("asked", "waiting for more information"),
                            ("supported", "supported"),
                            ("refused", "refused"),
                            ("merged", "joined to another idea"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="stage",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="begun on")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="received on")),
                ("answer_due_on", models.DateField(blank=True, null=True, verbose_name="answer due on")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="answered on")),
                ("public_at", models.DateTimeField(blank=True, null=True, verbose_name="public since")),
                ("technical_opinion", models.TextField(blank=True, max_length=4000, verbose_name="technical opinion")),
                (
                    "general_interest",
                    models.CharField(
                        choices=[("unknown", "not examined"), ("yes", "yes"), ("no", "no")],
                        default="unknown",
                        max_length=8,
                        verbose_name="of general interest",
                    ),
                ),
                (
                    "feasible",
                    models.CharField(
                        choices=[("unknown", "not examined"), ("yes", "yes"), ("no", "no")],
                        default="unknown",
                        max_length=8,
                        verbose_name="feasible",
                    ),
                ),
                (
                    "lasting",
                    models.CharField(
                        choices=[("unknown", "not examined"), ("yes", "yes"), ("no", "no")],
                        default="unknown",
                        max_length=8,
                        verbose_name="made to last",
                    ),
                ),
                (
                    "affordable",
                    models.CharField(
                        choices=[("unknown", "not examined"), ("yes", "yes"), ("no", "no")],
                        default="unknown",
                        max_length=8,
                        verbose_name="within the budget",
                    ),
                ),
                (
                    "liaison",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="elected liaison",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="twins",
                        to="engagement.idea",
                        verbose_name="joined to",
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="ideas",
                        to="communities.neighbourhood",
                        verbose_name="neighbourhood",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ideas",
                        to="communities.resident",
                        verbose_name="who speaks for it",
                    ),
                ),
                (
                    "typed_in_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="typed in at the desk by",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="ideas",
                        to="engagement.theme",
                        verbose_name="theme",
                    ),
                ),
            ],
            options={
                "verbose_name": "idea",
                "verbose_name_plural": "ideas",
                "ordering": ["-received_at", "-pk"],
                "permissions": [("decide_idea", "Can support, refuse and join ideas")],
            },
        ),
        migrations.CreateModel(
            name="IdeaNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(max_length=4000, verbose_name="note")),
                ("written_at", models.DateTimeField(verbose_name="on")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="done by",
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="engagement.idea",
                        verbose_name="idea",
                    ),
                ),
            ],
            options={
                "verbose_name": "private note",
                "verbose_name_plural": "private notes",
                "ordering": ["-written_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="IdeaSupport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given_name", models.CharField(blank=True, max_length=80, verbose_name="name given")),
                ("joins", models.BooleanField(default=False, verbose_name="would take part")),
                ("created_at", models.DateTimeField(verbose_name="on")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed on")),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supports",
                        to="engagement.idea",
                        verbose_name="idea",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="idea_supports",
                        to="communities.resident",
                        verbose_name="resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "support of an idea",
                "verbose_name_plural": "supports of ideas",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="IdeaPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("alternative_text", models.CharField(blank=True, max_length=255, verbose_name="what it shows")),
                ("is_public", models.BooleanField(default=False, verbose_name="shown on the site")),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="engagement.idea",
                        verbose_name="idea",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="engagement.keptfile",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture of an idea",
                "verbose_name_plural": "pictures of ideas",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("supported", "supported"),
                            ("drafting", "convention being written"),
                            ("signed", "convention signed"),
                            ("under_way", "under way"),
                            ("delivered", "delivered"),
                            ("stewardship", "looked after"),
                            ("taken_back", "taken back by the commune"),
                            ("closed", "ended"),
                            ("given_up", "given up"),
                        ],
                        default="supported",
                        max_length=16,
                        verbose_name="stage",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=255, verbose_name="where")),
                (
                    "point_x",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(1000)],
                        verbose_name="point on the map, from the left",
                    ),
                ),
                (
                    "point_y",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(1000)],
                        verbose_name="point on the map, from the top",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("inform", "inform"),
                            ("consult", "consult"),
                            ("concert", "concert together"),
                            ("co_build", "co-build"),
                            ("carry_out", "carry out"),
                        ],
                        default="co_build",
                        max_length=16,
                        verbose_name="level of participation",
                    ),
                ),
                ("is_from_before", models.BooleanField(default=False, verbose_name="from before this register")),
                ("created_at", models.DateTimeField(verbose_name="since")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="work began on")),
                ("delivered_on", models.DateField(blank=True, null=True, verbose_name="delivered on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                (
                    "community",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project",
                        to="communities.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "idea",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project",
                        to="engagement.idea",
                        verbose_name="idea",
                    ),
                ),
                (
                    "liaison",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="elected liaison",
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="projects",
                        to="communities.neighbourhood",
                        verbose_name="neighbourhood",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="projects",
                        to="engagement.theme",
                        verbose_name="theme",
                    ),
                ),
            ],
            options={
                "verbose_name": "fifty-fifty project",
                "verbose_name_plural": "fifty-fifty projects",
                "ordering": ["title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_stage", models.CharField(blank=True, max_length=16, verbose_name="from")),
                ("to_stage", models.CharField(max_length=16, verbose_name="to")),
                (
                    "words",
                    models.TextField(blank=True, max_length=4000, verbose_name="reason, as it is published and sent"),
                ),
                ("passed_at", models.DateTimeField(verbose_name="on")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="done by",
                    ),
                ),
                (
                    "by_resident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.resident",
                        verbose_name="done by",
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="engagement.idea",
                        verbose_name="idea",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="engagement.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "passage",
                "verbose_name_plural": "passages",
                "ordering": ["passed_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("residents", "residents"), ("commune", "commune")], max_length=16, verbose_name="side"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("money", "money"),
                            ("materials", "materials"),
                            ("equipment", "equipment lent"),
                            ("technical", "technical hours"),
                            ("hands", "hands"),
                            ("maintenance", "maintenance"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("what", models.CharField(max_length=255, verbose_name="what")),
                ("quantity", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="how much")),
                ("unit", models.CharField(max_length=24, verbose_name="unit")),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), max_digits=12, verbose_name="worth, in euros"
                    ),
                ),
                ("done_on", models.DateField(verbose_name="done on")),
                ("evidence_words", models.CharField(blank=True, max_length=255, verbose_name="where the proof is")),
                ("recorded_at", models.DateTimeField(verbose_name="written on")),
                ("reason", models.CharField(blank=True, max_length=255, verbose_name="why it is undone")),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="engagement.commitment",
                        verbose_name="keeps the commitment",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="engagement.keptfile",
                        verbose_name="evidence",
                    ),
                ),
                (
                    "rate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="engagement.hourrate",
                        verbose_name="value of an hour",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="engagement.ledgerentry",
                        verbose_name="undoes",
                    ),
                ),
                (
                    "validated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="validated by",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="engagement.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry",
                "verbose_name_plural": "entries",
                "ordering": ["-done_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("residents", "residents"), ("commune", "commune")],
                        default="residents",
                        max_length=16,
                        verbose_name="side",
                    ),
                ),
                ("what", models.CharField(max_length=255, verbose_name="what")),
                (
                    "who",
                    models.CharField(
                        blank=True, help_text="A role or a group, never a name.", max_length=160, verbose_name="who"
                    ),
                ),
                (
                    "when",
                    models.CharField(
                        help_text="“Every Saturday from May to September”, say.", max_length=160, verbose_name="when"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="engagement.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "duty",
                "verbose_name_plural": "duties",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="convention",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conventions",
                to="engagement.project",
                verbose_name="project",
            ),
        ),
        migrations.AddField(
            model_name="projectpage",
            name="project",
            field=models.OneToOneField(
                help_text="Its stage, its community, its place and its figures come from there.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="page",
                to="engagement.project",
                verbose_name="fifty-fifty project",
            ),
        ),
        migrations.CreateModel(
            name="Scheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(
                        default=60,
                        help_text="Said to residents when their idea arrives; overdue answers stand in red on the first page.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(366),
                        ],
                        verbose_name="an idea is answered within, in days",
                    ),
                ),
                (
                    "takes_ideas",
                    models.BooleanField(
                        default=True,
                        help_text="Untick for a pause: the page says so, and drafts are kept.",
                        verbose_name="takes new ideas",
                    ),
                ),
                (
                    "pause_words",
                    models.CharField(blank=True, max_length=255, verbose_name="what the page says during a pause"),
                ),
                (
                    "builders",
                    models.CharField(
                        default="Bâtisseurs",
                        help_text="On certificates.",
                        max_length=60,
                        verbose_name="what those who build are called",
                    ),
                ),
                ("map_credit", models.CharField(blank=True, max_length=160, verbose_name="credit of the map")),
                (
                    "map_picture",
                    models.ForeignKey(
                        blank=True,
                        help_text="Residents point at a place on it. Changing it moves the points that were given before.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="picture of the town’s map",
                    ),
                ),
            ],
            options={
                "verbose_name": "The fifty-fifty",
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("residents", "residents"), ("commune", "commune")], max_length=16, verbose_name="side"
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("quality", models.CharField(blank=True, max_length=160, verbose_name="quality")),
                (
                    "means",
                    models.CharField(
                        choices=[("paper", "on paper"), ("screen", "on screen")], max_length=8, verbose_name="means"
                    ),
                ),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("noted_at", models.DateTimeField(verbose_name="noted on")),
                ("address", models.GenericIPAddressField(blank=True, null=True, verbose_name="network address")),
                (
                    "proven_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="address the code was sent to"),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="fingerprint of the text signed")),
                (
                    "convention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="engagement.convention",
                        verbose_name="convention",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="communities.resident",
                        verbose_name="resident",
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="engagement.keptfile",
                        verbose_name="scan",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "ordering": ["noted_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SignatureRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("residents", "residents"), ("commune", "commune")], max_length=16, verbose_name="side"
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("quality", models.CharField(blank=True, max_length=160, verbose_name="quality")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("asked_at", models.DateTimeField(verbose_name="asked on")),
                ("code_hash", models.CharField(blank=True, max_length=64)),
                ("code_sent_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded on")),
                (
                    "convention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="engagement.convention",
                        verbose_name="convention",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.resident",
                        verbose_name="resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for a signature",
                "verbose_name_plural": "requests for signatures",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="StewardshipCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("check", "check"), ("review", "yearly review")],
                        default="check",
                        max_length=16,
                        verbose_name="why",
                    ),
                ),
                ("what", models.CharField(max_length=255, verbose_name="what to look at")),
                ("due_on", models.DateField(verbose_name="no later than")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "to come"),
                            ("good", "in good condition"),
                            ("needs_work", "needs work"),
                            ("cancelled", "called off"),
                        ],
                        default="planned",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="asked on")),
                (
                    "reminded_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reminded on"),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered on"),
                ),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="what was found")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="communities.resident",
                        verbose_name="answered by",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="engagement.keptfile",
                        verbose_name="photo",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="engagement.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="checks",
                        to="communities.resident",
                        verbose_name="who looks",
                    ),
                ),
            ],
            options={
                "verbose_name": "check",
                "verbose_name_plural": "checks",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Teammate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("spokesperson", "speaks for it"),
                            ("holder", "carries it"),
                            ("helper", "lends a hand"),
                            ("steward", "looks after it"),
                        ],
                        default="holder",
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                (
                    "shown_as",
                    models.CharField(
                        blank=True,
                        help_text="Only with their consent: a first name and an initial, say. Empty: no name is shown.",
                        max_length=80,
                        verbose_name="name shown on the site",
                    ),
                ),
                ("joined_at", models.DateTimeField(verbose_name="since")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="team",
                        to="engagement.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="project_roles",
                        to="communities.resident",
                        verbose_name="resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "teammate",
                "verbose_name_plural": "team",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="YearMeans",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        unique=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2200),
                        ],
                        verbose_name="year",
                    ),
                ),
                ("euros", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="envelope, in euros")),
                ("hours", models.DecimalField(decimal_places=2, max_digits=9, verbose_name="hours of the agents")),
                (
                    "source",
                    models.CharField(
                        help_text="The deliberation that voted it, say.", max_length=255, verbose_name="source"
                    ),
                ),
            ],
            options={
                "verbose_name": "means of a year",
                "verbose_name_plural": "means of the years",
                "ordering": ["-year"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("euros__gte", 0), ("hours__gte", 0)), name="means_are_not_below_nothing"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quantity__isnull", True), ("quantity__gt", 0), _connector="OR"),
                    models.Q(("value__isnull", True), ("value__gte", 0), _connector="OR"),
                ),
                name="a_commitment_brings_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="conventionversion",
            constraint=models.UniqueConstraint(
                fields=("convention", "number"), name="versions_of_a_convention_are_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="ideasupport",
            constraint=models.UniqueConstraint(fields=("idea", "resident"), name="one_support_per_idea_and_resident"),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("idea__isnull", False), ("project__isnull", True)),
                    models.Q(("idea__isnull", True), ("project__isnull", False)),
                    _connector="OR",
                ),
                name="a_passage_is_of_one_idea_or_one_project",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(
                fields=["project", "side", "kind"], include=("quantity", "value"), name="entries_of_a_balance"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quantity__gt", 0), ("reverses__isnull", True), ("value__gte", 0)),
                    models.Q(
                        ("quantity__lt", 0),
                        ("reverses__isnull", False),
                        ("value__lte", 0),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="an_entry_brings_and_a_reversal_takes_away",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "money"), _negated=True), ("quantity", models.F("value")), _connector="OR"
                ),
                name="money_is_worth_what_it_is",
            ),
        ),
        migrations.AddIndex(
            model_name="convention",
            index=models.Index(fields=["state", "ends_on"], name="conventions_by_end"),
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "dropped"]),
                    models.Q(
                        models.Q(("text", ""), _negated=True),
                        models.Q(("sha256", ""), _negated=True),
                        ("code__isnull", False),
                        ("proposed_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="what_is_to_be_signed_is_frozen",
            ),
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_at__isnull", False), ("state__in", ["signed", "ended"])),
                    models.Q(models.Q(("state__in", ["signed", "ended"]), _negated=True), ("signed_at__isnull", True)),
                    _connector="OR",
                ),
                name="a_signed_convention_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_on__isnull", False),
                        ("state", "ended"),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "ended"), _negated=True),
                        ("end_reason", ""),
                        ("ended_at__isnull", True),
                        ("ended_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="an_ended_convention_says_when_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amends__isnull", True), models.Q(("amends", models.F("pk")), _negated=True), _connector="OR"
                ),
                name="a_convention_does_not_amend_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(fields=("convention", "side"), name="a_side_signs_a_convention_once"),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("means", "paper"), ("noted_by__isnull", False), ("scan__isnull", False)),
                    models.Q(("means", "screen"), models.Q(("proven_email", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_signature_is_on_a_scan_or_proven_by_a_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaturerequest",
            constraint=models.UniqueConstraint(
                fields=("convention", "side"), name="a_side_is_asked_to_sign_through_one_address"
            ),
        ),
        migrations.AddIndex(
            model_name="stewardshipcheck",
            index=models.Index(fields=["state", "due_on"], name="checks_by_day"),
        ),
        migrations.AddConstraint(
            model_name="stewardshipcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", False), ("state__in", ["good", "needs_work"])),
                    models.Q(
                        models.Q(("state__in", ["good", "needs_work"]), _negated=True), ("answered_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="a_check_that_was_done_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammate",
            constraint=models.UniqueConstraint(
                fields=("project", "resident"),
                name="one_role_per_project_and_resident",
                violation_error_message="This resident is already in the team.",
            ),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["stage"], name="projects_by_stage"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("idea__isnull", False), ("is_from_before", True), _connector="OR"),
                name="a_project_comes_from_an_idea_or_from_before",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("point_x__isnull", True), ("point_y__isnull", True)),
                    models.Q(("point_x__lte", 1000), ("point_y__lte", 1000)),
                    _connector="OR",
                ),
                name="a_point_of_a_project_lies_on_the_map",
            ),
        ),
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(fields=["stage", "answer_due_on"], name="ideas_by_stage"),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stage", "draft"),
                    models.Q(
                        ("answer_due_on__isnull", False),
                        ("received_at__isnull", False),
                        models.Q(("title", ""), _negated=True),
                        models.Q(("what", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_received_idea_says_what_it_is_and_when_it_is_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "merged"), ("merged_into__isnull", False)),
                    models.Q(models.Q(("stage", "merged"), _negated=True), ("merged_into__isnull", True)),
                    _connector="OR",
                ),
                name="a_joined_idea_says_to_which",
            ),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="an_idea_is_not_joined_to_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", False), ("stage__in", ["supported", "refused", "merged"])),
                    models.Q(
                        models.Q(("stage__in", ["supported", "refused", "merged"]), _negated=True),
                        ("decided_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="an_answered_idea_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("point_x__isnull", True), ("point_y__isnull", True)),
                    models.Q(("point_x__lte", 1000), ("point_y__lte", 1000)),
                    _connector="OR",
                ),
                name="a_point_of_an_idea_lies_on_the_map",
            ),
        ),
    ]

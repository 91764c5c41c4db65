from django.urls import include, path

app_name = "engagement"

urlpatterns = [
    path("", include("engagement.ideas.urls")),
    path("", include("engagement.conventions.urls")),
    path("", include("engagement.ledger.urls")),
    path("", include("engagement.caring.urls")),
    path("", include("engagement.story.urls")),
    path("", include("engagement.volunteering.urls")),
    path("", include("engagement.volunteering.calling.urls")),
    path("", include("engagement.volunteering.presence.urls")),
    path("", include("engagement.volunteering.thanking.urls")),
    path("", include("engagement.space.urls")),
]

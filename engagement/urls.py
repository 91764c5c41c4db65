from django.urls import URLPattern, URLResolver, include, path

app_name = "engagement"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("engagement.story.urls")),
]

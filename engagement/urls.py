from django.urls import include, path

app_name = "engagement"

urlpatterns = [
    path("", include("engagement.ideas.urls")),
]

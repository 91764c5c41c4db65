from django.urls import path

from . import inviting_views, planning_views, publishing_views, series_views, views

urlpatterns = [
    path("", views.work_days, name="run_work_days"),
    path("nouveau/<slug:slug>/", planning_views.new, name="run_new_work_day"),
    path("<int:pk>/", views.work_day, name="run_work_day"),
    path("<int:pk>/modifier/", planning_views.edit, name="run_edit_work_day"),
    path("<int:pk>/publier/", publishing_views.publish, name="run_publish_work_day"),
    path("<int:pk>/reprendre/", publishing_views.take_back, name="run_take_back_work_day"),
    path("<int:pk>/supprimer/", publishing_views.drop, name="run_drop_work_day"),
    path("<int:pk>/encore/", series_views.once_more, name="run_once_more"),
    path("<int:pk>/serie/", series_views.series, name="run_series"),
    path("<int:pk>/inviter/", inviting_views.invite, name="run_invite"),
    path("<int:pk>/inviter/lettre/", inviting_views.letter, name="run_invite_letter"),
]

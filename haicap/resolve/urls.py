"""Addresses of this floor."""

from django.urls import path

from haicap.resolve.views import grouping


app_name = "resolve"
urlpatterns = [
    path("same-matters/", grouping.suggestions, name="suggestions"),
    path("same-matters/look", grouping.look_again, name="look-again"),
    path("same-matters/<int:pk>/dismiss", grouping.dismiss, name="dismiss"),
    path("same-matters/<int:pk>/restore", grouping.restore, name="restore"),
    path("gather", grouping.gather, name="gather"),
    path("gather-each", grouping.gather_each, name="gather-each"),
    path("merge", grouping.merge_many, name="merge-many"),
    path("cases/<int:pk>/merge", grouping.merge, name="merge"),
    path("cases/<int:pk>/split", grouping.split, name="split"),
    path("cases/<int:pk>/rename", grouping.rename, name="rename"),
    path(
        "regroupings/<int:pk>/undo",
        grouping.undo_regrouping,
        name="undo-regrouping",
    ),
]

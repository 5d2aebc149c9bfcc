"""Addresses of this floor."""

from django.urls import path

from haicap.desk.views import cases, lists


app_name = "desk"
urlpatterns = [
    path("search/", lists.search, name="search"),
    path("cases/", lists.case_list, name="cases"),
    path("cases/export", lists.export_cases, name="export-cases"),
    path("cases/<int:pk>", cases.case, name="case"),
    path("recommendations/", lists.recommendation_list, name="recommendations"),
    path(
        "recommendations/export",
        lists.export_recommendations,
        name="export-recommendations",
    ),
    path("views", lists.save_view, name="saved-view"),
    path("views/<int:pk>/remove", lists.remove_view, name="remove-view"),
]

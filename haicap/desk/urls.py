"""Addresses of this floor."""

from django.urls import path

from haicap.desk.views import (
    agencies,
    cases,
    home,
    ledger,
    lists,
    map,  # noqa: A004  the page is called so
    papers,
    public,
    recommendation,
    units,
)


app_name = "desk"
urlpatterns = [
    path("search/", lists.search, name="search"),
    path("cases/", lists.case_list, name="cases"),
    path("cases/export", lists.export_cases, name="export-cases"),
    path("cases/<int:pk>", cases.case, name="case"),
    path("cases/<int:pk>/due", cases.due, name="case-due"),
    path("recommendations/", lists.recommendation_list, name="recommendations"),
    path(
        "recommendations/export",
        lists.export_recommendations,
        name="export-recommendations",
    ),
    path("views", lists.save_view, name="saved-view"),
    path("views/<int:pk>/remove", lists.remove_view, name="remove-view"),
    path("", home.home, name="home"),
    path("map/", map.map_page, name="map"),
    path("map/borders.geojson", map.boundaries, name="boundaries"),
    path("units/", units.units, name="units"),
    path("units/<str:code>", units.unit, name="unit"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/<slug:code>", agencies.agency, name="agency"),
    path(
        "recommendations/<int:pk>",
        recommendation.recommendation,
        name="recommendation",
    ),
    path("public/", public.public, name="public"),
    path("public/<int:pk>", public.public_case, name="public-case"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("papers/consolidated", papers.paper, name="paper"),
]

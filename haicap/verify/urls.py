"""Addresses of this floor."""

from __future__ import annotations

from django.urls import path

from haicap.verify import views


app_name = "verify"
urlpatterns = [
    path("outcomes/", views.outcomes, name="outcomes"),
    path("deliveries/<int:pk>/accept", views.accept, name="accept"),
    path("deliveries/<int:pk>/ask-reopen", views.ask_reopen, name="ask-reopen"),
    path("outcomes/<int:pk>/decide", views.decide_reopen, name="decide-reopen"),
    path("cases/<int:pk>/close", views.close, name="close"),
]

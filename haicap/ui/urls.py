"""Addresses of this floor; the front door adds the guard."""

from django.urls import path

from haicap.ui.views import gallery


app_name = "ui"

urlpatterns = [path("", gallery, name="gallery")]

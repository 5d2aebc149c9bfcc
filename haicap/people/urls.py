"""Addresses of accounts."""

from django.urls import path

from haicap.people import views


app_name = "people"
urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("demo-sign-in", views.demo_sign_in, name="demo-sign-in"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("preferences", views.preferences, name="preferences"),
    path("language", views.language, name="language"),
]

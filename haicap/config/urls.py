"""The addresses, floor by floor; names, not paths, are what the code knows."""

from django.urls import include, path

from haicap.desk.health import healthz
from haicap.people.guard import open_to_all
from haicap.ui import views as ui


urlpatterns = [
    path("", include("haicap.desk.urls")),
    path("", include("haicap.people.urls")),
    path("listen/", include("haicap.listen.urls")),
    path("resolve/", include("haicap.resolve.urls")),
    path("verify/", include("haicap.verify.urls")),
    path("ui/", open_to_all(ui.gallery), name="gallery"),
    path("healthz", open_to_all(healthz), name="healthz"),
]

handler400 = "haicap.ui.middleware.bad"
handler404 = "haicap.ui.middleware.missing"
handler500 = "haicap.ui.middleware.broken"

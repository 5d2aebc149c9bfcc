"""Addresses of this floor."""

from django.urls import path

from haicap.resolve.views import (
    assignments,
    calendar,
    clocks,
    grouping,
    likely,
    publishing,
    replies,
    routing,
)


app_name = "resolve"
urlpatterns = [
    path("same-matters/", grouping.suggestions, name="suggestions"),
    path("same-matters/look", grouping.look_again, name="look-again"),
    path("same-matters/<int:pk>/dismiss", grouping.dismiss, name="dismiss"),
    path("same-matters/<int:pk>/restore", grouping.restore, name="restore"),
    path("likely", likely.likely, name="likely"),
    path("cases/<int:pk>/answered-before", likely.before, name="answered-before"),
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
    path("cases/<int:pk>/propose", assignments.propose, name="propose"),
    path("cases/<int:pk>/decide", assignments.decide, name="decide"),
    path("cases/<int:pk>/send-back", assignments.send_back, name="send-back"),
    path("propose", assignments.propose_many, name="propose-many"),
    path("decide", assignments.decide_many, name="decide-many"),
    path("cases/<int:pk>/stop", clocks.stop, name="stop-clock"),
    path("cases/<int:pk>/resume", clocks.resume, name="resume-clock"),
    path("cases/<int:pk>/ask-extension", clocks.ask_extension, name="ask-extension"),
    path(
        "cases/<int:pk>/grant-extension",
        clocks.grant_extension,
        name="grant-extension",
    ),
    path(
        "cases/<int:pk>/refuse-extension",
        clocks.refuse_extension,
        name="refuse-extension",
    ),
    path("cases/<int:pk>/draft", replies.draft, name="draft-reply"),
    path("cases/<int:pk>/hand-on", replies.hand_on, name="hand-on"),
    path("cases/<int:pk>/send", replies.send, name="send-reply"),
    path("replies/<int:pk>/confirm", replies.confirm, name="confirm-reply"),
    path("replies/<int:pk>/return", replies.send_back, name="return-reply"),
    path("cases/<int:pk>/publish", publishing.publish, name="publish"),
    path("cases/<int:pk>/unpublish", publishing.unpublish, name="unpublish"),
    path("routing/", routing.routing, name="routing"),
    path("routing/<slug:field>", routing.change_route, name="change-route"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/export", calendar.export_calendar, name="export-calendar"),
    path("calendar/decision", calendar.new_decision, name="new-decision"),
    path("calendar/decision/moves", calendar.export_moves, name="export-moves"),
    path("calendar/decide", calendar.decide, name="decide-calendar"),
    path("calendar/<uuid:group>", calendar.decision, name="calendar-decision"),
    path(
        "calendar/<uuid:group>/withdraw",
        calendar.withdraw,
        name="withdraw-decision",
    ),
]

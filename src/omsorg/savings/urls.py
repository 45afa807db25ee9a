"""Addresses of savings; the phone of a group says its language itself and stands outside those of the house."""

from django.urls import URLPattern, include, path

from omsorg.savings.views import (
    books,
    correcting,
    forks,
    founding,
    groups,
    indicators,
    keys,
    machine,
    meeting,
    phone,
)

app_name = "savings"
urlpatterns: list[URLPattern] = [
    path("savings/groups/", groups.groups, name="groups"),
    path("savings/groups/new/", founding.found, name="found"),
    path("savings/groups.csv", groups.groups_csv, name="groups-csv"),
    path("savings/groups/<uuid:uuid>/", groups.group, name="group"),
    path("savings/groups/<uuid:uuid>/correct/", correcting.correct, name="correct"),
    path("savings/groups/<uuid:uuid>/figures/", indicators.figures, name="figures"),
    path("savings/groups/<uuid:uuid>/everything/", books.books, name="books"),
    path("savings/groups/<uuid:uuid>/meetings/<slug:mark>/", meeting.meeting, name="meeting"),
    path("savings/groups/<uuid:uuid>/meetings/<slug:mark>.csv", meeting.meeting_csv, name="meeting-csv"),
    path("savings/groups/<uuid:uuid>/decide/<int:seq>/", forks.decide, name="decide"),
    path("savings/groups/<uuid:uuid>/decisions/<slug:hashed>/", forks.decision, name="decision"),
    path("savings/groups/<uuid:uuid>/decisions/<slug:hashed>/draft.json", forks.decision_draft, name="decision-draft"),
    path("savings/groups/<uuid:uuid>/keys/", keys.keys, name="keys"),
    path("savings/indicators/", indicators.indicators, name="indicators"),
    path("savings/indicators.csv", indicators.indicators_csv, name="indicators-csv"),
    path("savings/machine/meetings/", machine.meetings, name="machine-meetings"),
    path("savings/machine/kept/", machine.kept, name="machine-kept"),
    path("savings/machine/settlements/", machine.settlements, name="machine-settlements"),
]
phone_patterns = (
    [
        path("", phone.shell, name="shell"),
        path("app.js", phone.program, name="program"),
        path("worker.js", phone.worker, name="worker"),
        path("app.webmanifest", phone.manifest, name="manifest"),
        path("words/<slug:language>/", phone.words, name="words"),
    ],
    "phone",
)
outside_languages = [path("savings/phone/", include(phone_patterns))]

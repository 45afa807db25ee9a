"""Addresses of savings."""

from django.urls import URLPattern, path

from omsorg.savings.views import groups, machine

app_name = "savings"
urlpatterns: list[URLPattern] = [
    path("savings/groups/", groups.groups, name="groups"),
    path("savings/groups.csv", groups.groups_csv, name="groups-csv"),
    path("savings/groups/<uuid:uuid>/", groups.group, name="group"),
    path("savings/machine/meetings/", machine.meetings, name="machine-meetings"),
    path("savings/machine/kept/", machine.kept, name="machine-kept"),
]

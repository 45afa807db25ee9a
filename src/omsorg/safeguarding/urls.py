"""Addresses of safeguarding."""

from django.urls import URLPattern, path

from omsorg.safeguarding.views import incident, incidents, lessons, raising, statistics, work

app_name = "safeguarding"
urlpatterns: list[URLPattern] = [
    path("safeguarding/", work.my_work, name="my-work"),
    path("safeguarding/raise/", raising.raise_it, name="raise"),
    path("safeguarding/incidents/", incidents.incidents, name="incidents"),
    path("safeguarding/incidents.csv", incidents.incidents_csv, name="incidents-csv"),
    path("safeguarding/incidents/<slug:code>/", incident.incident, name="incident"),
    path("safeguarding/incidents/<slug:code>/<slug:do>/", incident.act, name="act"),
    path("safeguarding/documents/<str:code>/", incident.document, name="document"),
    path("safeguarding/documents/<str:code>/withdraw/", incident.withdraw, name="withdraw-document"),
    path("safeguarding/overdue/", work.overdue, name="overdue"),
    path("safeguarding/statistics/", statistics.statistics, name="statistics"),
    path("safeguarding/statistics.csv", statistics.statistics_csv, name="statistics-csv"),
    path("safeguarding/lessons/", lessons.lessons, name="lessons"),
    path("safeguarding/lessons/<slug:code>/", lessons.lesson, name="lesson"),
]

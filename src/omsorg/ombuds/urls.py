"""Addresses of ombuds. Those of the child stand outside the languages of the house: they say their own."""

from django.urls import URLPattern, URLResolver, include, path

from omsorg.ombuds.views.child import coming_back, entrance, writing

app_name = "ombuds"
urlpatterns: list[URLPattern | URLResolver] = []

child_patterns = (
    [
        path("", entrance.languages, name="languages"),
        path("exit/", entrance.leave, name="exit"),
        path("at/<slug:country>/", entrance.languages, name="entrance"),
        path("at/<slug:country>/<slug:home>/", entrance.languages, name="entrance-of-house"),
        path("<slug:language>/", entrance.first, name="first"),
        path("<slug:language>/now/", entrance.danger, name="danger"),
        path("<slug:language>/write/", writing.write, name="write"),
        path("<slug:language>/code/", coming_back.come_back, name="come-back"),
        path("<slug:language>/code/pictures/", coming_back.pick, name="pick"),
        path("<slug:language>/read/", coming_back.case, name="case"),
    ],
    "child",
)
outside_languages = [path("t/", include(child_patterns))]

"""Addresses of ombuds. Those of the child stand outside the languages of the house: they say their own."""

from django.urls import URLPattern, URLResolver, include, path

from omsorg.ombuds.views import yearly
from omsorg.ombuds.views.child import coming_back, entrance, relay, writing
from omsorg.ombuds.views.desk import advising, awareness, cases, elsewhere, keys, rings
from omsorg.ombuds.views.desk.desk import desk

app_name = "ombuds"

desk_patterns: list[URLPattern | URLResolver] = [
    path("", desk, name="desk"),
    path("lock/", keys.lock, name="lock"),
    path("keys/", keys.keys, name="keys"),
    path("keys/passphrase/", keys.passphrase, name="passphrase"),
    path("keys/pictures/", keys.pictures, name="pictures"),
    path("keys/lost/", keys.lost, name="key-lost"),
    path("keys/lost/<int:number>/", rings.open_half, name="open-half"),
    path("keys/colleagues/", rings.colleagues, name="colleagues"),
    path("keys/colleagues/<int:number>/vouch/", rings.vouch, name="vouch"),
    path("keys/colleagues/<int:number>/retire/", rings.retire, name="retire"),
    path("take-down/", elsewhere.take_down, name="take-down"),
    path("travelling/", elsewhere.travelling, name="travelling"),
    path("travelling/worker.js", elsewhere.worker, name="travelling-worker"),
    path("cases/<str:code>/", cases.case, name="case"),
    path("cases/<str:code>/new-code/", cases.new_code, name="new-code"),
    path("cases/<str:code>/files/<int:number>/", cases.file, name="file"),
    path("cases/<str:code>/<slug:verb>/", cases.act, name="act"),
    path("recommendations/", advising.advice_list, name="advice-list"),
    path("recommendations/new/", advising.recommend_page, name="recommend"),
    path("recommendations/<str:code>/", advising.advice, name="advice"),
    path("visits/", advising.visits, name="visits"),
    path("visits/waiting/", awareness.unvisited, name="unvisited"),
    path("visits/waiting.csv", awareness.unvisited_csv, name="unvisited-csv"),
    path("visits/panels/", awareness.all_panels, name="panels"),
    path("year/", yearly.year, name="year"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("heard/", yearly.heard, name="heard"),
    path("ombuds/", include(desk_patterns)),
]

child_patterns = (
    [
        path("", entrance.languages, name="languages"),
        path("exit/", entrance.leave, name="exit"),
        path("relay/", relay.relay, name="relay"),
        path("at/<slug:country>/", entrance.languages, name="entrance"),
        path("at/<slug:country>/<slug:home>/", entrance.languages, name="entrance-of-house"),
        path("<slug:language>/", entrance.first, name="first"),
        path("<slug:language>/now/", entrance.danger, name="danger"),
        path("<slug:language>/write/", writing.write, name="write"),
        path("<slug:language>/code/", coming_back.come_back, name="come-back"),
        path("<slug:language>/code/pictures/", coming_back.pick, name="pick"),
        path("<slug:language>/heard/", yearly.heard_by_children, name="heard"),
        path("<slug:language>/read/", coming_back.case, name="case"),
        path("<slug:language>/<path:mistyped>/", entrance.mistyped, name="mistyped"),
        path("<path:mistyped>/", entrance.mistyped, name="mistyped-language"),
    ],
    "child",
)
outside_languages = [path("t/", include(child_patterns))]

"""Addresses of the federation: organisations, people, mandates, own account."""

from django.urls import URLPattern, URLResolver, path

from omsorg.federation.views import own_account

app_name = "federation"
urlpatterns: list[URLPattern | URLResolver] = [
    path("me/second-factor/", own_account.second_factor_first, name="second-factor-first"),
]

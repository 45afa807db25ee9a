"""Addresses of the plan tracker: /promises/ for everybody, /plans/ for those who work with it."""

from django.urls import URLPattern, URLResolver

app_name = "plans"
urlpatterns: list[URLPattern | URLResolver] = []

"""Addresses of ombuds."""

from django.urls import URLPattern

app_name = "ombuds"
urlpatterns: list[URLPattern] = []

"""Addresses of the federation: organisations, people, mandates, own account."""

from django.urls import URLPattern, URLResolver

app_name = "federation"
urlpatterns: list[URLPattern | URLResolver] = []

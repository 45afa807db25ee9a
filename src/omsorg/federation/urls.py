"""Addresses of the federation: organisations, people, mandates, own account."""

from django.urls import URLPattern, URLResolver, path

from omsorg.federation.views import (
    keeping_organisations,
    keeping_people,
    organisations,
    own_account,
    people,
    places,
    roles,
)

app_name = "federation"
urlpatterns: list[URLPattern | URLResolver] = [
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/as-table.csv", organisations.organisations_csv, name="organisations-csv"),
    path("organisations/tree/", organisations.organisation_tree, name="organisation-tree"),
    path("organisations/<slug:code>/", organisations.organisation, name="organisation"),
    path("organisations/<slug:code>/found/", keeping_organisations.organisation_found, name="organisation-found"),
    path("organisations/<slug:code>/correct/", keeping_organisations.organisation_correct, name="organisation-correct"),
    path("organisations/<slug:code>/rename/", keeping_organisations.organisation_rename, name="organisation-rename"),
    path("organisations/<slug:code>/move/", keeping_organisations.organisation_move, name="organisation-move"),
    path(
        "organisations/<slug:code>/move/take-back/",
        keeping_organisations.organisation_move_take_back,
        name="organisation-move-take-back",
    ),
    path("organisations/<slug:code>/close/", keeping_organisations.organisation_close, name="organisation-close"),
    path("organisations/<slug:code>/reopen/", keeping_organisations.organisation_reopen, name="organisation-reopen"),
    path("people/", people.people, name="people"),
    path("people/as-table.csv", people.people_csv, name="people-csv"),
    path("people/invite/", keeping_people.person_invite, name="person-invite"),
    path("people/<slug:code>/", people.person, name="person"),
    path("people/<slug:code>/correct/", keeping_people.person_correct, name="person-correct"),
    path("people/<slug:code>/move/", keeping_people.person_move, name="person-move"),
    path("people/<slug:code>/end/", keeping_people.person_end, name="person-end"),
    path("people/<slug:code>/take-back-end/", keeping_people.person_take_back_end, name="person-take-back-end"),
    path("people/<slug:code>/forget/", keeping_people.person_forget, name="person-forget"),
    path("people/<slug:code>/invite-again/", keeping_people.person_invite_again, name="person-invite-again"),
    path(
        "people/<slug:code>/clear-second-factor/",
        keeping_people.person_clear_second_factor,
        name="person-clear-second-factor",
    ),
    path("people/<slug:code>/roles/give/", keeping_people.role_give, name="role-give"),
    path("people/<slug:code>/roles/<int:number>/end/", keeping_people.role_end, name="role-end"),
    path("places/", places.places, name="places"),
    *places.PAGES.urls("places/import/"),
    path("roles/", roles.roles, name="roles"),
    path("me/", own_account.own_account, name="own-account"),
    path("me/correct/", own_account.own_entry_correct, name="own-entry-correct"),
    path("me/sessions/end-others/", own_account.sessions_end_others, name="sessions-end-others"),
    path("me/sessions/<int:number>/end/", own_account.session_end, name="session-end"),
    path("me/keys/make/", own_account.token_make, name="token-make"),
    path("me/keys/<int:number>/revoke/", own_account.token_revoke, name="token-revoke"),
    path("me/second-factor/", own_account.second_factor_first, name="second-factor-first"),
]

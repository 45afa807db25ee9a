"""Addresses for signing in and for second factors: the sign-in package's, but for what is done another way here.

Addresses are changed by those who look after people, sessions stand on the page of one's own account, and nobody proves
an address, since the letter with the invitation went there. Recovery
codes are shown without writing down that they were.
"""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from omsorg.federation.views.own_account import choose_password
from omsorg.federation.views.recovery_codes import recovery_codes, recovery_codes_file

to_own_account = RedirectView.as_view(pattern_name="federation:own-account")
to_sign_in = RedirectView.as_view(pattern_name="account_login")

urlpatterns = [
    path("email/", to_own_account),
    path("sessions/", to_own_account),
    path("confirm-email/", to_sign_in),
    re_path(r"^confirm-email/[-:\w]+/$", to_sign_in),
    re_path(r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", choose_password),
    path("2fa/recovery-codes/", recovery_codes),
    path("2fa/recovery-codes/download/", recovery_codes_file),
    path("", include("allauth.urls")),
]

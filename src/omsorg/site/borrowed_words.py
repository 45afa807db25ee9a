"""Sentences of the libraries that the house says in its own words.

They stand in the libraries' code and templates, in English as here. The libraries bring translations too, and ours come
before them: written as a person would say it, with the words of the glossary.
"""

from django.utils.translation import gettext_noop as _

SIGNING_IN = (
    _("Email"),
    _("Email address"),
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("Please type your current password."),
    _("You must type the same password each time."),
    _("The password reset token was invalid."),
    _("Forgot your password?"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
)

SECOND_FACTOR = (
    _("Authenticator code"),
    _("Use authenticator app or code"),
    _("Use a security key"),
    _("Passwordless"),
    _(
        "Enabling passwordless operation allows you to sign in using just this key, but imposes additional "
        "requirements such as biometrics or PIN protection."
    ),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
)

FORMS = (
    _("This field is required."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("This password is too common."),
    _("Enter a valid email address."),
    _("Enter a valid date."),
)

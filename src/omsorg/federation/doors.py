"""Who gets through which door: one line for every address of the federation and of signing in.

Every system keeps such a table (`doors.py`), in these words; a house test walks every address of the site as everybody
and holds what happens against what is written here.
"""

from dataclasses import dataclass
from enum import StrEnum


class Who(StrEnum):
    """Those for whom a door opens. To all others the page is not there, or says which role it takes."""

    EVERYBODY = "everybody"
    SIGNED_IN = "whoever is signed in"
    MEMBERS = "whoever holds a role"
    KEEPERS = "whoever's role may do this, there"


@dataclass(frozen=True, slots=True)
class Door:
    """One door.

    For KEEPERS: `may` is the verb, `about` says where it is asked: at the organisation or person of the address, above
    it, at the plan's owner, at the top of the tree, or, when empty, anywhere at all. `to_send` is the verb for handing
    something in there, where that is another. `absent`: what is asked for may have gone meanwhile.
    """

    who: Who
    may: str = ""
    about: str = ""
    to_send: str = ""
    absent: bool = False


EVERYBODY = Door(Who.EVERYBODY)
SIGNED_IN = Door(Who.SIGNED_IN)
SIGNED_IN_IF_THERE = Door(Who.SIGNED_IN, absent=True)
MEMBERS = Door(Who.MEMBERS)
PEOPLE = Door(Who.KEEPERS, "people.keep")
PEOPLE_HERE = Door(Who.KEEPERS, "people.keep", "organisation")
ORGANISATIONS_HERE = Door(Who.KEEPERS, "organisations.keep", "organisation")

DOORS: dict[str, Door] = {
    # signing in
    "account_login": EVERYBODY,
    "account_logout": EVERYBODY,
    "account_inactive": EVERYBODY,
    "account_signup": EVERYBODY,
    "account_email": EVERYBODY,  # leads on to one's own account
    "usersessions_list": EVERYBODY,  # the same
    "account_email_verification_sent": EVERYBODY,
    "account_confirm_email": EVERYBODY,
    "account_confirm_login_code": EVERYBODY,
    "account_reset_password": EVERYBODY,
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key": EVERYBODY,
    "account_reset_password_from_key_done": EVERYBODY,
    "mfa_authenticate": EVERYBODY,
    "mfa_login_webauthn": EVERYBODY,
    # one's own account
    "account_reauthenticate": SIGNED_IN_IF_THERE,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN_IF_THERE,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN_IF_THERE,
    "mfa_view_recovery_codes": SIGNED_IN_IF_THERE,
    "mfa_generate_recovery_codes": SIGNED_IN_IF_THERE,
    "mfa_download_recovery_codes": SIGNED_IN_IF_THERE,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN_IF_THERE,
    "mfa_remove_webauthn": SIGNED_IN_IF_THERE,
    "mfa_edit_webauthn": SIGNED_IN_IF_THERE,
    "federation:own-account": SIGNED_IN,
    "federation:own-entry-correct": SIGNED_IN,
    "federation:second-factor-first": SIGNED_IN,
    "federation:sessions-end-others": SIGNED_IN,
    "federation:session-end": SIGNED_IN_IF_THERE,
    "federation:token-make": SIGNED_IN,
    "federation:token-revoke": SIGNED_IN_IF_THERE,
    # organisations and roles
    "federation:organisations": MEMBERS,
    "federation:organisations-csv": MEMBERS,
    "federation:organisation-tree": MEMBERS,
    "federation:organisation": MEMBERS,
    "federation:roles": MEMBERS,
    "federation:organisation-found": ORGANISATIONS_HERE,
    "federation:organisation-correct": ORGANISATIONS_HERE,
    "federation:organisation-rename": ORGANISATIONS_HERE,
    "federation:organisation-move": ORGANISATIONS_HERE,
    "federation:organisation-move-take-back": Door(Who.KEEPERS, "organisations.keep", "above"),
    "federation:organisation-close": ORGANISATIONS_HERE,
    "federation:organisation-reopen": Door(Who.KEEPERS, "organisations.keep", "above"),
    "federation:places": MEMBERS,
    "federation:places-import": Door(Who.KEEPERS, "organisations.keep", "top"),
    "federation:places-import-template": Door(Who.KEEPERS, "organisations.keep", "top", absent=True),
    "federation:places-import-draft": Door(Who.KEEPERS, "organisations.keep", "top", absent=True),
    # people
    "federation:people": PEOPLE,
    "federation:people-csv": PEOPLE,
    "federation:person-invite": PEOPLE,
    "federation:person": PEOPLE_HERE,
    "federation:person-correct": PEOPLE_HERE,
    "federation:person-move": PEOPLE_HERE,
    "federation:person-end": PEOPLE_HERE,
    "federation:person-take-back-end": PEOPLE_HERE,
    "federation:person-forget": PEOPLE_HERE,
    "federation:person-invite-again": PEOPLE_HERE,
    "federation:person-clear-second-factor": PEOPLE_HERE,
    "federation:role-give": PEOPLE_HERE,
    "federation:role-end": PEOPLE_HERE,
}

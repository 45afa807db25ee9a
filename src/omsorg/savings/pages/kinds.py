"""The lines of a meeting, the offices of its members and the accounts of its ledger, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from omsorg.savings.pages.words import FUNDS

Words = dict[str, str | Promise]

KINDS: Words = {
    "cycle_open": _("A new cycle begins"),
    "member_in": _("Joined"),
    "attendance": _("Roll call"),
    "social_in": _("Paid to the social fund"),
    "social_grant": _("Given from the social fund"),
    "share_buy": _("Bought stamps"),
    "share_sellback": _("Gave stamps back"),
    "charge_due": _("Charge on a loan"),
    "loan_in": _("Paid back on a loan"),
    "rollover": _("Loan carried on with a new charge"),
    "reschedule": _("Loan given more time"),
    "write_off": _("Loan written off"),
    "recovery": _("Came in on what was written off"),
    "loan_request": _("Asked for a loan"),
    "loan_out": _("Loan given"),
    "project_in": _("Paid to the common project"),
    "project_out": _("Taken out of the common project"),
    "project_income": _("Income of the common project"),
    "project_asset": _("Bought for the common project"),
    "project_cost": _("Cost of the common project"),
    "member_out": _("Left the group"),
    "constitution_change": _("The constitution changes"),
    "share_out": _("Share-out"),
    "carry_forward": _("Rest carried over"),
    "cycle_close": _("The cycle closes"),
    "recited_balance": _("Said the last balance from memory"),
    "counted": _("Counted"),
    "difference": _("Box and book differed"),
    "fine_set": _("Fined"),
    "fine_paid": _("Paid a fine"),
    "vote": _("Voted"),
    "expense": _("Expense of the group"),
    "bank_in": _("Taken to the bank"),
    "bank_out": _("Fetched from the bank"),
    "external_loan_in": _("Borrowed from outside"),
    "external_loan_out": _("Paid back outside"),
    "role_change": _("Office"),
    "reversal_of": _("An earlier line is countered"),
}
SAID: dict[str, Words] = {
    "how": {
        "present": pgettext_lazy("member", "present"),
        "late": pgettext_lazy("member", "late"),
        "absent": pgettext_lazy("member", "absent"),
        "represented": pgettext_lazy("member", "somebody else stood in"),
    },
    "when": {"opening": _("at the opening"), "closing": _("at the closing")},
    "right": {"True": pgettext_lazy("balance", "right"), "False": pgettext_lazy("balance", "wrong")},
    "holds": {"True": _("takes it up"), "False": _("lays it down")},
    "fund": FUNDS,
    "role": {
        "chair": _("chair"),
        "secretary": _("secretary"),
        "box_keeper": _("box-keeper"),
        "money_counter": _("money-counter"),
        "key_holder": _("key-holder"),
    },
}
ACCOUNTS: Words = {
    "cash:loan": _("Cash of the loan fund"),
    "cash:social": _("Cash of the social fund"),
    "cash:project": _("Cash of the common project"),
    "bank:loan": _("Loan fund at the bank"),
    "bank:social": _("Social fund at the bank"),
    "bank:project": _("Common project at the bank"),
    "project-asset": _("Goods of the common project"),
    "external-loan": _("Borrowed from outside"),
    "social-fund": _("Social fund"),
    "carried": _("Carried over"),
    "income:charge": _("Charges earned"),
    "income:fine": _("Fines earned"),
    "income:project": _("Earned by the common project"),
    "income:other": _("Other income"),
    "expense:cost": _("Expenses"),
    "expense:write-off": _("Written off"),
    "expense:project": _("Costs of the common project"),
    "difference": _("Differences of box and book"),
}
OF_MEMBERS: Words = {
    "share": _("Savings of member %(member)s"),
    "loan": _("Loan of member %(member)s"),
    "payable": _("Owed to member %(member)s"),
    "project-share": _("Part of member %(member)s in the common project"),
}


def kind_in_words(kind: str) -> str:
    """A kind of line; a kind that nobody knows stands as it was written."""
    return str(KINDS.get(kind, kind))


def account_in_words(account: str) -> str:
    head, _colon, member = account.partition(":")
    if head in OF_MEMBERS:
        return str(OF_MEMBERS[head]) % {"member": member}
    return str(ACCOUNTS.get(account, account))


def reversed_in_words(meeting: object, line: object) -> str:
    return __("line %(line)s of meeting %(meeting)s") % {"line": line, "meeting": meeting}

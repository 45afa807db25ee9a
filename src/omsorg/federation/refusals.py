"""What the federation will not do, each refusal named after its situation, with the sentence that is read."""

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

# ---- organisations ---------------------------------------------------------------------------------------------


class NameMissing(Refusal):
    sentence = _("Give a name.")


class CalledThatAlready(Refusal):
    sentence = _("%(name)s is called that already.")


class TopStays(Refusal):
    sentence = _("%(name)s is the top of the tree. It is neither moved nor closed.")


class UnderItself(Refusal):
    sentence = _("%(name)s cannot stand under itself, nor under one that stands below it.")


class NotBackDated(Refusal):
    sentence = _("Choose today or a later day: what has been counted already stays where it was counted.")


class MoveAlreadyPlanned(Refusal):
    sentence = _("%(name)s is to be moved on %(day)s already. Take that back first.")


class AlreadyThere(Refusal):
    sentence = _("%(name)s stands under %(parent)s already.")


class NotThereThen(Refusal):
    sentence = _("%(name)s does not exist on %(day)s.")


class NothingToTakeBack(Refusal):
    sentence = _("There is no move to take back: it is only possible until the day it takes effect.")


class ReasonMissing(Refusal):
    sentence = _("Say why: whoever looks at this in ten years will ask.")


class ClosedAlready(Refusal):
    sentence = _("%(name)s is closed already.")


class NotClosed(Refusal):
    sentence = _("%(name)s is not closed.")


class SomethingBelow(Refusal):
    sentence = _("These still stand below %(name)s: %(below)s. Move or close them first.")


class PeopleStillThere(Refusal):
    sentence = _("Somebody still belongs to %(name)s (in all: %(count)s). Move them, or end their time, first.")


# ---- people ----------------------------------------------------------------------------------------------------


class AddressMissing(Refusal):
    sentence = _("Give an e-mail address: the invitation goes there.")


class AddressTaken(Refusal):
    sentence = _("Somebody signs in with this address already.")


class HasLeft(Refusal):
    sentence = _("The time of %(name)s here has ended.")


class HasNotLeft(Refusal):
    sentence = _("The time of %(name)s here has not ended.")


class HoldsRolesElsewhere(Refusal):
    sentence = _(
        "%(name)s also has roles in organisations that you do not look after. Ask those who look after them to end"
        " these roles first."
    )


class StillHoldsRoles(Refusal):
    sentence = _("%(name)s still holds a role. It ends first, everywhere.")


class SignedInAlready(Refusal):
    sentence = _("%(name)s has signed in already. A new password is asked for on the sign-in page.")


class NoSecondFactor(Refusal):
    sentence = _("%(name)s has no second factor.")


class NoAccount(Refusal):
    sentence = _("%(name)s has no account.")


class NotForOneself(Refusal):
    sentence = _("Nobody does this for themselves. Ask somebody else who looks after people.")


# ---- roles -----------------------------------------------------------------------------------------------------


class NoSuchRole(Refusal):
    sentence = _("There is no such role.")


class NotHeldThere(Refusal):
    sentence = _("%(role)s is not a role at this kind of organisation.")


class HeldAlready(Refusal):
    sentence = _("%(name)s holds this role here on these days already.")


class EndsBeforeItBegins(Refusal):
    sentence = _("It ends before it begins.")


class EndedAlready(Refusal):
    sentence = _("This role has ended already, or ends before that day.")


class LastHousekeeper(Refusal):
    sentence = _(
        "Nobody else looks after people at %(organisation)s for good, and there is nobody above."
        " Give somebody else that role first."
    )


# ---- keys to the HTTP API --------------------------------------------------------------------------------------


class SecondFactorFirst(Refusal):
    sentence = _("Your role asks for a second factor. Set it up first; then you can make a key.")


class NoScope(Refusal):
    sentence = _("Choose at least one thing that the key may do.")


class UnknownScope(Refusal):
    sentence = _("No key can do that: %(scope)s.")


class ExpiryOutOfReach(Refusal):
    sentence = _("A key is good for one day at least and one year at most.")


class RevokedAlready(Refusal):
    sentence = _("This key was taken back already.")

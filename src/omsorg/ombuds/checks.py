"""What must always be true of cases: everybody who came is held by somebody, and has a promise.

Numbers and codes are shown on the server, and to the board; letters, the log and the trail of the house are told none.
"""

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS

from omsorg.kernel import clock
from omsorg.kernel.apart import looked_for_astray
from omsorg.kernel.checks import Check, Proof
from omsorg.kernel.trail import verify_trail
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import in_name_of_the_house, ombuds_database
from omsorg.ombuds.actions.levels import is_heard
from omsorg.ombuds.actions.notices import tell_the_board
from omsorg.ombuds.models import Case, CaseKey, Ring
from omsorg.ombuds.queries.left_behind import cases_left_behind
from omsorg.ombuds.queries.vouching import vouched
from omsorg.ombuds.queries.ways_back import WayBack, ways_back
from omsorg.ombuds.rules.levels import Status


def every_case_is_held() -> Proof:
    """Each case that is not erased can be opened by somebody who hears today: with a ring that counts, and a seat."""
    with in_name_of_the_house():
        cases = Case.objects.exclude(status=Status.ERASED)
        alone = [case.pk for case in cases if not is_heard(case, clock.today())]
        return Proof(
            f"{cases.count()} cases", tuple(f"case {number:016x} is held by nobody" for number in alone), apart=True
        )


def every_child_has_a_promise() -> Proof:
    """An open case that nobody has answered yet has a day on which a person writes."""
    with in_name_of_the_house():
        open_cases = Case.objects.filter(status=Status.OPEN)
        without = open_cases.filter(promise_on__isnull=True, answers=0).values_list("pk", flat=True)
        missed = open_cases.filter(promises_missed__gt=0).count()
        wrong = tuple(f"case {number:016x} has no promise" for number in without)
        return Proof(f"{open_cases.count()} open, {missed} waited longer than promised", wrong, apart=True)


def no_case_is_left_behind() -> Proof:
    """Where the cases lie in a database of their own, the house's own holds none that nobody looks after; and the house
    looks for them in that database, and in no other."""
    with as_house():
        left, astray = cases_left_behind(), looked_for_astray("ombuds")
    wrong: tuple[str, ...] = (f"{left} cases lie in the house's own database, and nobody looks",) if left else ()
    wrong += (f"the database of the cases is {astray}",) if astray else ()
    return Proof("all cases lie where they are looked for", wrong, apart=True)


def erased_cases_are_empty() -> Proof:
    """No key of an erased case is left."""
    with in_name_of_the_house():
        left = CaseKey.objects.filter(case__status=Status.ERASED).values_list("case_id", flat=True).distinct()
        erased = Case.objects.filter(status=Status.ERASED)
        keys = erased.exclude(key_by_code=b"").values_list("pk", flat=True)
        wrong = tuple(f"case {number:016x} still has a key" for number in {*left, *keys})
        return Proof(f"{erased.count()} erased", wrong, apart=True)


def rings_are_vouched_for() -> Proof:
    """Rings that wait for a colleague's word: nothing is wrong, but somebody should look. Invented people have no ring
    that counts on a site without the example."""
    with in_name_of_the_house():
        rings = Ring.objects.filter(retired_on__isnull=True)
        waiting = rings.filter(vouched_on__isnull=True).count()
        invented = rings.filter(is_example=True, vouched_on__isnull=False).count()
        wrong = ("key rings of the example office count, and the site does not show the example",)
        is_wrong = bool(invented) and not settings.ENVIRONMENT.example
        return Proof(
            f"{rings.count()} key rings, {waiting} not vouched for", wrong if is_wrong else (), look=bool(waiting)
        )


def seats_are_signed() -> Proof:
    """Every seat and every ring that counts is signed for, up to the founder. What was vouched for before there were
    signatures still counts, and somebody should look; what only looks confirmed is wrong, and hears nothing."""
    with in_name_of_the_house():
        office, today = vouched(), clock.today()
        sits = [
            (seat, ring)
            for ring in office.rings.values()
            if ring.counts
            for seat in office.seats[ring.person]
            if seat.counts_on(today)
        ]
        unsigned = sum(1 for seat, ring in sits if not seat.signature and office.holds(seat, ring))
        keyless = sum(1 for ring in office.rings.values() if ring.counts and not ring.signing_key)
        wrong = tuple(
            f"seat {seat.pk:x} is signed for by nobody" for seat, ring in sits if not office.holds(seat, ring)
        )
        said = f"{len(sits)} seats, {unsigned} from before signatures; {keyless} rings to unlock once"
        return Proof(said, wrong, look=bool(unsigned or keyless), apart=True)


def ways_back_are_open() -> Proof:
    """Two of today's board could open the way back to each ring in use. Where they could not, nothing is wrong yet, and
    somebody should look: the owner unlocks once, before the passphrase is lost."""
    with in_name_of_the_house():
        rings = [ring for ring in vouched().rings.values() if ring.counts]
        ways = ways_back(rings, clock.today())
    earlier = sorted(ring.shown_name for ring in rings if ways[ring.pk] is WayBack.OF_AN_EARLIER_BOARD)
    alone = sorted(ring.shown_name for ring in rings if ways[ring.pk] is WayBack.NOBODY_TO_OPEN)
    said = [f"{len(rings)} ways back"]
    said += [f"of an earlier board, to unlock once: {', '.join(earlier)}"] if earlier else []
    said += [f"no two of the board to open: {', '.join(alone)}"] if alone else []
    return Proof("; ".join(said), look=bool(earlier or alone), apart=True)


def trail_of_the_office_holds() -> Proof:
    """The trail beside the cases holds, where these lie in a database of their own."""
    if ombuds_database() == DEFAULT_DB_ALIAS:
        return Proof("in the trail of the house")
    with in_name_of_the_house():
        books = verify_trail(ombuds_database())
    broken = tuple(f"{book.name} breaks at trace {book.broken_at} ({book.why})" for book in books if book.why)
    return Proof(f"{sum(book.traces for book in books)} traces in {len(books)} books", broken, apart=True)


CHECKS = (
    Check("cases", every_case_is_held, tell_the_board),
    Check("promises", every_child_has_a_promise, tell_the_board),
    Check("erased", erased_cases_are_empty, tell_the_board),
    Check("cases_in_place", no_case_is_left_behind, tell_the_board),
    Check("rings", rings_are_vouched_for),
    Check("seats", seats_are_signed, tell_the_board),
    Check("ways_back", ways_back_are_open),
    Check("ombuds", trail_of_the_office_holds, tell_the_board),
)


def what_does_not_hold() -> list[str]:
    """What the board is shown of the proofs, as the server says them: those that do not hold, and where somebody should
    look before one does not."""
    proofs = ((check.code, check.prove()) for check in CHECKS)
    return [f"{code}: {proof.line}" for code, proof in proofs if proof.wrong or proof.look]

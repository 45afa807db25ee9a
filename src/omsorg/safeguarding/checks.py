"""What must always be true of incidents."""

from django.db import connection

from omsorg.kernel.checks import Check, Proof


def numbers_are_whole() -> Proof:
    """The serials of every country, year and series run from one without a gap, and end where the counter stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT country_code, year, is_reserved, count(*), max(serial) FROM safeguarding_incident"
            " WHERE serial IS NOT NULL GROUP BY 1, 2, 3"
        )
        given = {tuple(row[:3]): (row[3], row[4]) for row in cursor.fetchall()}
        cursor.execute("SELECT country_code, year, is_reserved, last FROM safeguarding_serial")
        counters = {tuple(row[:3]): row[3] for row in cursor.fetchall()}
    wrong = tuple(
        f"numbers of {country} {year} have a gap"
        for (country, year, reserved), last in sorted(counters.items())
        if given.get((country, year, reserved)) != (last, last)
    )
    return Proof(f"{sum(counters.values())} numbers", wrong)


def everybody_is_answered_for() -> Proof:
    """Every open incident has somebody who may handle it, and nobody who is shut out works it.

    What is found goes to those who keep the house, who may be named themselves: it says how many, and never which. One
    that nobody may read because everybody is named is not told here at all: those who are not named are written to.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM safeguarding_shutout o WHERE o.incident_id = i.id AND o.lifted_at IS NULL),"
            " EXISTS (SELECT 1 FROM safeguarding_sight(i.id, NULL) s"
            "  WHERE s.is_handler AND s.depth IS NOT NULL), EXISTS (SELECT 1 FROM safeguarding_teammember t"
            "  WHERE t.incident_id = i.id AND t.left_at IS NULL AND safeguarding_is_shut_out(i.id, t.person_id))"
            " FROM safeguarding_incident i WHERE i.stage NOT IN ('closed', 'decided') ORDER BY i.id"
        )
        rows = cursor.fetchall()
    alone = sum(not has_handler and not somebody_named for somebody_named, has_handler, _works in rows)
    wrong = [f"nobody may handle {alone} of them"] if alone else []
    worked = sum(works for _somebody_named, _has_handler, works in rows)
    wrong += [f"somebody who is shut out works {worked} of them"] if worked else []
    return Proof("open incidents", tuple(wrong))


def nothing_owed_is_closed() -> Proof:
    """No closed incident has a duty to tell that is still open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT 1 FROM safeguarding_duty d"
            "  WHERE d.incident_id = i.id AND d.standing IN ('owed', 'to_tell', 'to_agree')))"
            " FROM safeguarding_incident i WHERE i.stage IN ('closed', 'decided')"
        )
        closed, wrong = cursor.fetchone()
    return Proof(f"{closed} closed incidents", (f"{wrong} are closed though telling is owed",) if wrong else ())


CHECKS = (
    Check("incident_numbers", numbers_are_whole),
    Check("incident_handlers", everybody_is_answered_for),
    Check("incident_duties", nothing_owed_is_closed),
)

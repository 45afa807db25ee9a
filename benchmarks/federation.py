"""An invented federation and its figures, made inside the database; the same numbers at every run."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connections

from omsorg.federation.models import Account, Mandate, Organisation, Person, Position
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house
from omsorg.plans.models import (
    Action,
    ActionRecommendation,
    ActionRevision,
    BudgetEntry,
    DisaggregationKey,
    Indicator,
    IndicatorAction,
    IndicatorRevision,
    Plan,
    PlanRevision,
    Recommendation,
    RecommendationResponse,
    Source,
    Target,
)

BEGAN = date(2000, 1, 1)
ADOPTED = date(2014, 1, 1)
AT = datetime(2014, 1, 1, 12, tzinfo=UTC)
REPORTED_AT = datetime(2024, 1, 20, 12, tzinfo=UTC)
PERIOD = Period.parse("2023-H2")
INDEXES = ("plans_figure_chain", "plans_figure_entry", "plans_figure_totals", "plans_figure_successor")


@dataclass(frozen=True, slots=True)
class Size:
    """How many of everything. Figures: reporters x indicators x keys x periods."""

    associations: int
    programmes_each: int
    indicators: int
    keys: int
    periods: int

    @property
    def reporters(self) -> int:
        return self.associations * (self.programmes_each or 1)

    @property
    def figures(self) -> int:
        return self.reporters * self.indicators * self.keys * self.periods


SMALL = Size(associations=137, programmes_each=0, indicators=35, keys=6, periods=20)
ANSWER = Size(associations=20, programmes_each=5, indicators=40, keys=10, periods=4)
SHEET = Size(associations=4, programmes_each=0, indicators=50, keys=100, periods=2)
LARGE = Size(associations=130, programmes_each=10, indicators=35, keys=22, periods=20)


@dataclass(frozen=True, slots=True)
class Made:
    """The people and things that the measurements use."""

    plan: Plan
    publisher: Person
    second_publisher: Person
    officer: Person
    overseer: Person
    reporters: tuple[Organisation, ...]
    indicators: tuple[Indicator, ...]
    keys: tuple[int, ...]


def make(size: Size) -> Made:
    """The federation, the plan, and every figure; sums are made anew at the end."""
    with as_house():
        international, reporters = _organisations(size)
        people = _people(international, reporters[0])
        plan, indicators = _plan(size, international, people["plan_owner"])
        keys = tuple(
            DisaggregationKey.objects.create(dimension=f"part{n // 3}", code=f"k{n}", label={"en": f"part {n}"}).pk
            for n in range(1, size.keys)
        )
    _figures(size, reporters, indicators, (0, *keys))
    return Made(
        plan,
        people["publisher"],
        people["second_publisher"],
        people["officer"],
        people["overseer"],
        tuple(reporters),
        indicators,
        (0, *keys),
    )


def _organisations(size: Size) -> tuple[Organisation, list[Organisation]]:
    kinds = Organisation.Kind

    def many(kind: str, count: int, prefix: str) -> list[Organisation]:
        return Organisation.objects.bulk_create(
            Organisation(code=f"{prefix}{n:04}", kind=kind, name=f"Example {prefix} {n:04}", exists_from=BEGAN)
            for n in range(count)
        )

    (top,) = many(kinds.INTERNATIONAL, 1, "international")
    regions = many(kinds.REGION, 6, "region")
    associations = many(kinds.NATIONAL_ASSOCIATION, size.associations, "association")
    programmes = many(kinds.PROGRAMME, size.associations * size.programmes_each, "programme")
    pairs = [(region, top) for region in regions]
    pairs += [(association, regions[n % 6]) for n, association in enumerate(associations)]
    pairs += [(programme, associations[n // size.programmes_each]) for n, programme in enumerate(programmes)]
    Position.objects.bulk_create(Position(organisation=below, parent=above, valid_from=BEGAN) for below, above in pairs)
    return top, programmes or associations


def _people(top: Organisation, reporter: Organisation) -> dict[str, Person]:
    found = {}
    for name, role, at in (
        ("plan_owner", "plan_owner", top),
        ("publisher", "publisher", top),
        ("second_publisher", "publisher", top),
        ("officer", "reporting_officer", reporter),
        ("overseer", "reviewer", top),
    ):
        person = Person.objects.create(organisation=at, name=f"Example {name}", is_example=True)
        Account.objects.create_user(email=f"{name}@example.org", person=person)
        Mandate.objects.create(person=person, role=role, organisation=at, valid_from=BEGAN)
        found[name] = person
    return found


def _plan(size: Size, top: Organisation, owner: Person) -> tuple[Plan, tuple[Indicator, ...]]:
    plan = Plan.objects.create(
        code="bench",
        owner=top,
        title={"en": "Example plan"},
        adopted_on=ADOPTED,
        runs_from=ADOPTED,
        runs_until=date(2024, 7, 1),
        reporting_kind="programme" if size.programmes_each else "national_association",
    )
    said = {"in_force_on": ADOPTED, "reason": "As adopted", "by": owner, "at": AT}
    PlanRevision.objects.create(
        plan=plan, number=1, title=plan.title, runs_from=plan.runs_from, runs_until=plan.runs_until, **said
    )
    source = Source.objects.create(
        plan=plan, code="R", kind="review", title={"en": "Example review"}, in_plan_from=ADOPTED
    )
    advice = Recommendation.objects.bulk_create(
        Recommendation(
            source=source,
            code=f"R{n:02}",
            area={"en": f"Area {n % 5}"},
            text={"en": f"Example advice {n}"},
            in_plan_from=ADOPTED,
        )
        for n in range(46)
    )
    RecommendationResponse.objects.bulk_create(
        RecommendationResponse(recommendation=each, number=1, accepted="yes", **said) for each in advice
    )
    actions = Action.objects.bulk_create(Action(plan=plan, code=f"A{n:02}") for n in range(24))
    ActionRevision.objects.bulk_create(
        ActionRevision(
            action=action,
            number=1,
            title={"en": f"Example action {n}"},
            prioritised=n < 8,
            owner=top,
            starts_on=ADOPTED,
            due_on=date(2023, 6, 30),
            **said,
        )
        for n, action in enumerate(actions)
    )
    ActionRecommendation.objects.bulk_create(
        ActionRecommendation(action=actions[n % 24], recommendation=each, number=1, **said)
        for n, each in enumerate(advice)
    )
    BudgetEntry.objects.bulk_create(
        BudgetEntry(
            action=action,
            kind="original",
            amount_minor=10_000_000,
            currency="EUR",
            on_day=ADOPTED,
            reason="As adopted",
            by=owner,
            at=AT,
        )
        for action in actions
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(plan=plan, code=f"I{n:03}", adopted=True) for n in range(size.indicators)
    )
    IndicatorAction.objects.bulk_create(
        IndicatorAction(indicator=indicator, action=actions[n % 24], number=1, **said)
        for n, indicator in enumerate(indicators)
    )
    IndicatorRevision.objects.bulk_create(
        IndicatorRevision(
            indicator=indicator,
            number=1,
            title={"en": f"Example indicator {n}"},
            kind="ratio" if n % 2 else "count",
            direction="up",
            time_rule="sum",
            roll_up="ratio_of_sums" if n % 2 else "sum",
            asked_of_associations=True,
            dimensions=sorted({f"part{k // 3}" for k in range(1, size.keys)}),
            **said,
        )
        for n, indicator in enumerate(indicators)
    )
    Target.objects.bulk_create(
        Target(
            indicator=indicator,
            organisation=top,
            series=series,
            due_on=day,
            number=number,
            denominator=100 if n % 2 else None,
            **said,
        )
        for n, indicator in enumerate(indicators)
        for series, day, number in ((2, ADOPTED, 0), (1, date(2024, 6, 30), 90))
    )
    return plan, tuple(indicators)


def _figures(
    size: Size, reporters: list[Organisation], indicators: tuple[Indicator, ...], keys: tuple[int, ...]
) -> None:
    """Every figure in one statement of the owner: triggers rest, indexes are made once at the end."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'plans_figure'")
        definitions = {name: text for name, text in cursor.fetchall() if name in INDEXES}
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = 'plans_figure'::regclass AND conname = ANY(%s)",
            [list(INDEXES)],
        )
        constraints = dict(cursor.fetchall())
        cursor.execute("ALTER TABLE plans_figure DISABLE TRIGGER USER")
        for name in definitions:
            if name in constraints:
                cursor.execute(f"ALTER TABLE plans_figure DROP CONSTRAINT {name}")
            else:
                cursor.execute(f"DROP INDEX {name}")
        cursor.execute(
            """
            INSERT INTO plans_figure (organisation_id, indicator_id, revision, period_start, period_months, key_id,
                state, numerator, denominator, text, published, source, source_ref, reason, at)
            SELECT o.id, i.id, 1, (date '2024-01-01' - make_interval(months => 6 * (p.n + 1)))::date, 6, k.id,
                CASE WHEN (o.place + i.place + p.n) %% 41 = 0 THEN 3 WHEN (o.place + p.n) %% 17 = 0 THEN 2 ELSE 1 END,
                CASE WHEN (o.place + i.place + p.n) %% 41 = 0 THEN NULL
                     ELSE (CASE WHEN k.id = 0 THEN 6 ELSE 1 END) * ((o.place * 7 + i.place * 13 + p.n * 3) %% 90) END,
                CASE WHEN (o.place + i.place + p.n) %% 41 = 0 OR i.place %% 2 = 1 THEN NULL
                     ELSE (CASE WHEN k.id = 0 THEN 6 ELSE 1 END) * 100 END,
                '', '', 'bench', '', '', %s
            FROM unnest(%s::bigint[]) WITH ORDINALITY AS o(id, place)
            CROSS JOIN unnest(%s::bigint[]) WITH ORDINALITY AS i(id, place)
            CROSS JOIN generate_series(0, %s) AS p(n)
            CROSS JOIN unnest(%s::bigint[]) AS k(id)
            """,
            [
                REPORTED_AT,
                [organisation.pk for organisation in reporters],
                [indicator.pk for indicator in indicators],
                size.periods - 1,
                list(keys),
            ],
        )
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for name, text in definitions.items():
            if name in constraints:
                cursor.execute(f"ALTER TABLE plans_figure ADD CONSTRAINT {name} {constraints[name]}")
            else:
                cursor.execute(text)
        cursor.execute("ALTER TABLE plans_figure ENABLE TRIGGER USER")
        _hand_in(cursor, size, reporters)
        cursor.execute("SELECT set_config('app.house', 'on', false)")
        cursor.execute("SET work_mem = '1GB'")
        cursor.execute("SELECT plans_rebuild_sums()")
        cursor.execute("VACUUM ANALYZE")


def _hand_in(cursor: Any, size: Size, reporters: list[Organisation]) -> None:
    """Every answer is handed in: what is not handed in is in no report."""
    cursor.execute("ALTER TABLE plans_submissionstep DISABLE TRIGGER USER")
    cursor.execute(
        "INSERT INTO plans_submissionstep"
        " (plan_id, organisation_id, period_start, period_months, number, step, reason, at)"
        " SELECT plan.id, o.id, (date '2024-01-01' - make_interval(months => 6 * (p.n + 1)))::date, 6, 1,"
        " 'submitted', '', %s"
        " FROM plans_plan plan CROSS JOIN unnest(%s::bigint[]) AS o(id) CROSS JOIN generate_series(0, %s) AS p(n)"
        " WHERE plan.code = 'bench'",
        [REPORTED_AT, [organisation.pk for organisation in reporters], size.periods - 1],
    )
    cursor.execute("ALTER TABLE plans_submissionstep ENABLE TRIGGER USER")

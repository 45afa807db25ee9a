from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from omsorg.kernel.wall import protect

STANDS = ("members", "borrowers", "loans", "lent", "late", "cash", "social", "project", "saved", "earned")
ADDS = ("meetings", "called", "present", "represented", "loans_given", "amount_given", "written_off",
        "amount_written_off", "joined", "left")  # fmt: skip
NAMES = (*STANDS, *ADDS, "members_before")
COLUMNS = ", ".join(f'"{name}"' for name in NAMES)

BEFORE = import_module("omsorg.savings.migrations.0003_receiving").KEEPING
POST_BEFORE = BEFORE[BEFORE.index("CREATE FUNCTION savings_post(") : BEFORE.index("CREATE FUNCTION savings_judge(")]
TYPES = "bigint, text, bigint, date, int[], text[], int[], text[], numeric[], timestamptz"
KEPT_TOO = f"""    INSERT INTO savings_quarter AS kept (group_id, quarter, seq, held_on, {COLUMNS})
        VALUES (r.group_id, of_quarter, r.seq, of_day, {", ".join(f"figures[{place}]" for place in range(1, len(NAMES) + 1))})
        ON CONFLICT (group_id, quarter) DO UPDATE SET seq = excluded.seq, held_on = excluded.held_on,
        {", ".join(f'"{name}" = excluded."{name}"' for name in STANDS)},
        {", ".join(f'"{name}" = kept."{name}" + excluded."{name}"' for name in ADDS)};
    IF r.outcome <> 'posted' THEN"""
POST = POST_BEFORE.replace(
    "accounts text[], amounts numeric[], of_at timestamptz",
    "accounts text[], amounts numeric[], of_at timestamptz, of_quarter date, figures numeric[]",
).replace("    IF r.outcome <> 'posted' THEN", KEPT_TOO)
DROP_BEFORE = f"DROP FUNCTION savings_post({TYPES});"
DROP = f"DROP FUNCTION savings_post({TYPES}, date, numeric[]);"

SUMS = ", ".join(f'sum(q."{name}") AS "{name}"' for name in NAMES)
TOLD = f"""
CREATE FUNCTION savings_told(of_quarter date, of_example boolean, of_units bigint[], smallest integer)
RETURNS TABLE (unit_id bigint, currency text, groups bigint, closed bigint, hidden boolean, figures numeric[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH leaf AS MATERIALIZED (
        SELECT g.unit_id, g.currency, count(*) AS groups, count(*) FILTER (WHERE NOT g.figures_opened) AS closed, {SUMS}
        FROM savings_quarter q JOIN savings_group g ON g.id = q.group_id
        WHERE q.quarter = of_quarter AND g.is_example = of_example GROUP BY 1, 2
    ), tree AS MATERIALIZED (
        SELECT l.ancestor_id, l.descendant_id, l.depth FROM federation_lineage l
        WHERE l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())
          AND l.descendant_id IN (SELECT up.ancestor_id FROM federation_lineage up WHERE up.descendant_id IN (SELECT f.unit_id FROM leaf f)
            AND up.valid_from <= app_day() AND (up.valid_until IS NULL OR up.valid_until > app_day()))
    ), node AS MATERIALIZED (
        SELECT t.ancestor_id AS unit_id, f.currency, sum(f.groups)::bigint AS groups, sum(f.closed)::bigint AS closed
        FROM tree t JOIN leaf f ON f.unit_id = t.descendant_id GROUP BY 1, 2
    ), beside AS (
        SELECT n.unit_id, n.currency, n.closed,
            sum(CASE WHEN n.closed < least_shown THEN n.closed ELSE 0 END) OVER (PARTITION BY t.ancestor_id, n.currency)
                + coalesce(own.closed, 0) AS unsafe,
            row_number() OVER (PARTITION BY t.ancestor_id, n.currency, n.closed >= least_shown ORDER BY n.closed, n.unit_id) AS place
        FROM node n JOIN tree t ON t.descendant_id = n.unit_id AND t.depth = 1
        LEFT JOIN leaf own ON own.unit_id = t.ancestor_id AND own.currency = n.currency,
        LATERAL (SELECT greatest(smallest, 5) AS least_shown) few
    ), withheld AS (
        SELECT n.unit_id, n.currency FROM node n WHERE n.closed BETWEEN 1 AND greatest(smallest, 5) - 1
        UNION
        SELECT b.unit_id, b.currency FROM beside b
        WHERE b.closed >= greatest(smallest, 5) AND b.place = 1 AND b.unsafe BETWEEN 1 AND greatest(smallest, 5) - 1
    ), asked AS (
        SELECT n.*, n.closed > 0 AND (of_quarter + interval '3 months' > app_day() OR EXISTS (SELECT 1 FROM tree t JOIN withheld w ON w.unit_id = t.ancestor_id
                AND w.currency = n.currency WHERE t.descendant_id = n.unit_id)) AS hidden
        FROM node n WHERE n.unit_id = ANY(of_units)
          AND n.unit_id IN (SELECT savings_units(ARRAY['savings_field_officer', 'savings_reader']))
    ), shown AS (
        SELECT a.*, a.hidden AND a.unit_id NOT IN (SELECT savings_units(ARRAY['savings_field_officer'])) AS is_withheld FROM asked a
    )
    SELECT s.unit_id, s.currency, s.groups, s.closed, s.is_withheld, sums.figures
    FROM shown s LEFT JOIN LATERAL (
        SELECT ARRAY[{", ".join(f'sum(f."{name}")' for name in NAMES)}] AS figures
        FROM tree t JOIN leaf f ON f.unit_id = t.descendant_id AND f.currency = s.currency
        WHERE t.ancestor_id = s.unit_id AND NOT s.is_withheld HAVING count(*) > 0
    ) sums ON true
$$;
"""
TOLD += """
CREATE FUNCTION savings_quarters_met(of_example boolean) RETURNS SETOF date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH mine AS MATERIALIZED (SELECT savings_units(ARRAY['savings_field_officer', 'savings_reader']) AS unit_id)
    SELECT each::date FROM generate_series((SELECT min(quarter) FROM savings_quarter),
        (SELECT max(quarter) FROM savings_quarter), interval '3 months') each
    WHERE EXISTS (SELECT 1 FROM savings_quarter q JOIN savings_group g ON g.id = q.group_id
        WHERE q.quarter = each::date AND g.is_example = of_example AND g.unit_id IN (SELECT unit_id FROM mine))
    ORDER BY 1 DESC
$$;
"""
TOLD_BACK = "DROP FUNCTION savings_quarters_met(boolean); DROP FUNCTION savings_told(date, boolean, bigint[], integer);"
FIGURES = [(name, models.DecimalField(decimal_places=0, max_digits=60)) for name in NAMES]
SEEN = "is_house() OR group_id = ANY(ARRAY(SELECT savings_groups_seen()))"


class Migration(migrations.Migration):
    """Groups in figures, quarter by quarter, kept with each posting. Sums over groups that have not agreed that their
    figures are opened are told of five groups or more, and not where what is told beside them would give fewer away."""

    dependencies = [("savings", "0007_other_keys"), ("federation", "0006_true_lineage")]
    operations = [
        migrations.CreateModel(
            name="Quarter",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "group", "quarter", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("quarter", models.DateField(db_index=True)),
                ("seq", models.BigIntegerField()),
                ("held_on", models.DateField()),
                *FIGURES,
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quarters",
                        to="savings.group",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE savings_quarter SET (fillfactor = 50)", "ALTER TABLE savings_quarter RESET (fillfactor)"
        ),
        protect("savings_quarter", see=SEEN, write="is_house()"),
        migrations.RunSQL(DROP_BEFORE + POST, DROP + POST_BEFORE),
        migrations.RunSQL(TOLD, TOLD_BACK),
    ]

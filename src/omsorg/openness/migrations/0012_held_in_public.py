from importlib import import_module

from django.db import migrations, models

from omsorg.kernel.wall import append_only, protect

HELD = """
CREATE FUNCTION openness_held_rows(as_at date) RETURNS TABLE (reason_class text, is_past boolean, counted bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    also text := '';
BEGIN
    IF to_regclass('safeguarding_publicationdecision') IS NOT NULL THEN
        also := ' AND coalesce((SELECT d.decision FROM safeguarding_publicationdecision d
            WHERE d.incident_id = p.incident AND (d.at AT TIME ZONE ''UTC'')::date <= $1
            ORDER BY d.number DESC LIMIT 1), ''publish'') = ''publish''';
    END IF;
    RETURN QUERY EXECUTE 'SELECT s.reason_class::text, s.review_on < $1, count(*) FROM openness_publication p
        JOIN LATERAL (SELECT x.step, x.reason_class, x.review_on FROM openness_step x
            WHERE x.publication_id = p.id AND (x.at AT TIME ZONE ''UTC'')::date <= $1
            ORDER BY x.number DESC LIMIT 1) s ON s.step = ''held''
        WHERE NOT p.is_example AND NOT EXISTS (SELECT 1 FROM openness_edition e
            WHERE e.publication_id = p.id AND (e.at AT TIME ZONE ''UTC'')::date <= $1)' || also || ' GROUP BY 1, 2'
        USING as_at;
END $$;

CREATE FUNCTION openness_incidents_past_review(as_at date) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found bigint := 0;
BEGIN
    IF to_regclass('safeguarding_publicationdecision') IS NULL THEN RETURN 0; END IF;
    EXECUTE 'SELECT count(*) FROM safeguarding_incident i
        JOIN LATERAL (SELECT s.kind, s.at FROM safeguarding_step s WHERE s.incident_id = i.id
            AND s.kind IN (''closed'', ''reopened'') AND (s.at AT TIME ZONE ''UTC'')::date <= $1
            ORDER BY s.number DESC LIMIT 1) last ON last.kind = ''closed''
        JOIN LATERAL (SELECT d.decision, d.review_on FROM safeguarding_publicationdecision d WHERE d.incident_id = i.id
            AND (d.at AT TIME ZONE ''UTC'')::date <= $1
            AND NOT EXISTS (SELECT 1 FROM safeguarding_step r WHERE r.incident_id = i.id AND r.kind = ''reopened''
                AND r.at >= d.at AND (r.at AT TIME ZONE ''UTC'')::date <= $1)
            ORDER BY d.number DESC LIMIT 1) newest ON newest.decision = ''hold''
        WHERE NOT i.is_example AND (i.received_at AT TIME ZONE ''UTC'')::date <= $1 AND newest.review_on < $1'
        INTO found USING as_at;
    RETURN found;
END $$;
"""
BEFORE = import_module("omsorg.openness.migrations.0010_held_at_a_day").HELD
HELD_AT = BEFORE[: BEFORE.index("CREATE FUNCTION openness_of_incidents")]
HELD_BACK = """
DROP FUNCTION openness_incidents_past_review(date);
DROP FUNCTION openness_held_rows(date);
"""


class Migration(migrations.Migration):
    """What is held back stands in public as at the end of every quarter, with how many are past their day."""

    dependencies = [("openness", "0011_nobody_asks_what_is_coming")]
    operations = [
        migrations.CreateModel(
            name="HeldShown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField(unique=True)),
                ("shown", models.JSONField()),
                ("at", models.DateTimeField()),
            ],
        ),
        append_only("openness_heldshown"),
        protect("openness_heldshown", see="true", write="is_house() OR (SELECT openness_releases_all())"),
        migrations.RunSQL(HELD, HELD_BACK),
        migrations.RunSQL("DROP FUNCTION openness_held_at(date)", HELD_AT),
    ]

from django.db import migrations

PARTS = (("measure", "measure"), ("duty", "duty"), ("support", "support"))
CODED = (("document", "document"), ("lesson", "lesson"))
STILL = "ALTER TABLE safeguarding_step DISABLE TRIGGER safeguarding_step_stays;"
STAYS = "ALTER TABLE safeguarding_step ENABLE TRIGGER safeguarding_step_stays;"


def within(table: str) -> str:
    """Each row of a table with its number within its incident."""
    return (
        "(SELECT id, incident_id, row_number() OVER (PARTITION BY incident_id ORDER BY id) AS number"
        f" FROM safeguarding_{table})"
    )


def told(fact: str, rows: str, found: str, given: str) -> str:
    """Steps that name a part tell it anew: where `found` stood, `given` stands."""
    return (
        f"UPDATE safeguarding_step s SET facts = jsonb_set(s.facts, '{{{fact}}}', to_jsonb({given}))"
        f" FROM {rows} p WHERE p.incident_id = s.incident_id AND s.facts->>'{fact}' = ({found})::text;"
    )


NUMBERED = "".join(
    [
        STILL,
        *(told(fact, within(table), "p.id", "p.number") for fact, table in PARTS),
        *(told(fact, f"safeguarding_{table}", "p.id", "p.code") for fact, table in CODED),
        STAYS,
    ]
)
AS_BEFORE = "".join(
    [
        STILL,
        *(told(fact, within(table), "p.number", "p.id") for fact, table in PARTS),
        *(told(fact, f"safeguarding_{table}", "p.code", "p.id") for fact, table in CODED),
        STAYS,
    ]
)


class Migration(migrations.Migration):
    """What a step says of a measure, a duty, help, a document or a lesson is a number within the incident or a code."""

    dependencies = [("safeguarding", "0011_nothing_goes")]
    operations = [migrations.RunSQL(NUMBERED, AS_BEFORE)]

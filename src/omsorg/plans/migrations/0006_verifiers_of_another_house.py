from django.db import migrations

HOUSES = """
CREATE FUNCTION federation_house_of(of_organisation bigint) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT coalesce((
        SELECT l.ancestor_id FROM federation_lineage l JOIN federation_organisation o ON o.id = l.ancestor_id
        WHERE l.descendant_id = of_organisation AND o.kind NOT IN ('region', 'programme', 'local_partner')
          AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())
        ORDER BY l.depth LIMIT 1), of_organisation)
$$;
"""

CHECK = """
CREATE OR REPLACE FUNCTION plans_not_ones_own() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    entered_by bigint;
    about bigint;
    belongs_to bigint;
BEGIN
    IF NEW.figure_id IS NOT NULL THEN
        SELECT by_id, organisation_id INTO entered_by, about FROM plans_figure WHERE id = NEW.figure_id;
    ELSE
        SELECT by_id, organisation_id INTO entered_by, about FROM plans_assessment WHERE id = NEW.assessment_id;
    END IF;
    SELECT organisation_id INTO belongs_to FROM federation_person WHERE id = NEW.by_id;
    IF entered_by = NEW.by_id THEN
        RAISE EXCEPTION 'Nobody verifies their own figure' USING ERRCODE = 'check_violation';
    END IF;
    IF belongs_to IS NULL OR belongs_to = about OR {same_house} THEN
        RAISE EXCEPTION 'A verifier belongs to another organisation' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.organisation_id <> about OR NEW.by_organisation_id <> belongs_to THEN
        RAISE EXCEPTION 'A verification names the organisation it is about and the one it comes from'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

BY_HOUSE = CHECK.format(same_house="federation_house_of(belongs_to) = federation_house_of(about)")
BY_TREE = CHECK.format(
    same_house="EXISTS (SELECT 1 FROM federation_lineage WHERE ancestor_id = about AND descendant_id = belongs_to)"
)


class Migration(migrations.Migration):
    """Who is "another organisation" goes by the house: a programme or a regional office is part of the one above it.

    An association stands below the international office and is an organisation of its own: it may verify what that
    office says of itself, which nobody could as long as everybody below counted as its own people.
    """

    dependencies = [("plans", "0005_answers_guarded")]
    operations = [
        migrations.RunSQL(HOUSES + BY_HOUSE, BY_TREE + "DROP FUNCTION federation_house_of(bigint);"),
    ]

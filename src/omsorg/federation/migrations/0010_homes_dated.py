import django.db.models.deletion
from django.db import migrations, models

from omsorg.kernel.wall import protect

FROM_THE_BEGINNING = """
INSERT INTO federation_home (person_id, organisation_id, valid_from)
SELECT id, organisation_id, '1900-01-01' FROM federation_person;
"""
"""Where people belonged before this was kept is not known: today's home counts from the beginning."""

KEPT = """
CREATE FUNCTION federation_keep_home() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.organisation_id = OLD.organisation_id THEN
            RETURN NULL;
        END IF;
        UPDATE federation_home SET valid_until = greatest(app_day(), valid_from)
        WHERE person_id = NEW.id AND valid_until IS NULL;
    END IF;
    INSERT INTO federation_home (person_id, organisation_id, valid_from)
    VALUES (NEW.id, NEW.organisation_id, CASE TG_OP WHEN 'INSERT' THEN date '1900-01-01' ELSE app_day() END);
    RETURN NULL;
END $$;
CREATE TRIGGER federation_person_at_home AFTER INSERT OR UPDATE OF organisation_id ON federation_person
    FOR EACH ROW EXECUTE FUNCTION federation_keep_home();

CREATE FUNCTION my_homes_on(day date) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 2
SET search_path = public, pg_temp AS $$
    SELECT h.organisation_id FROM federation_home h
    WHERE h.person_id = my_person()
      AND (h.valid_until IS NULL OR (h.valid_from <= day AND h.valid_until >= day))
$$;
"""
"""The first home counts from the beginning, today's always, and on the day of a move both do."""

KEPT_BACK = """
DROP FUNCTION my_homes_on(date);
DROP TRIGGER federation_person_at_home ON federation_person;
DROP FUNCTION federation_keep_home();
"""


class Migration(migrations.Migration):
    """Where a person belongs is dated, and written by the database whenever it changes: nobody writes it by hand."""

    dependencies = [("federation", "0009_open_to_read")]
    operations = [
        migrations.CreateModel(
            name="Home",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="homes", to="federation.person"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.organisation"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(FROM_THE_BEGINNING, migrations.RunSQL.noop),
        protect(
            "federation_home",
            see="is_house() OR person_id = my_person() OR person_id = ANY(ARRAY(SELECT people_i_keep()))",
            write="false",
        ),
        migrations.RunSQL(KEPT, KEPT_BACK),
    ]

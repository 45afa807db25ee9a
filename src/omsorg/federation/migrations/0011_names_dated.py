import django.db.models.deletion
from django.db import migrations, models

from omsorg.kernel.wall import append_only, protect

FROM_THE_BEGINNING = """
INSERT INTO federation_organisationname (organisation_id, name, from_on)
SELECT id, name, NULL FROM federation_organisation;
"""
"""What an organisation was called before this was kept is not known: today's name counts from the beginning."""

KEPT = """
CREATE FUNCTION federation_guard_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.named_from IS DISTINCT FROM OLD.named_from AND (
        NEW.named_from IS NULL OR NEW.named_from < OLD.named_from
        OR NOT (is_house() OR NEW.named_from = app_day())
    ) THEN
        RAISE EXCEPTION 'A new name holds from the day on which it is given' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER federation_organisation_name_guarded BEFORE UPDATE OF named_from ON federation_organisation
    FOR EACH ROW EXECUTE FUNCTION federation_guard_name();

CREATE FUNCTION federation_keep_name() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.name, NEW.named_from) IS NOT DISTINCT FROM (OLD.name, OLD.named_from) THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO federation_organisationname (organisation_id, name, from_on)
    VALUES (NEW.id, NEW.name, NEW.named_from);
    RETURN NULL;
END $$;
CREATE TRIGGER federation_organisation_named AFTER INSERT OR UPDATE OF name, named_from ON federation_organisation
    FOR EACH ROW EXECUTE FUNCTION federation_keep_name();
"""
"""A name written with the day from which the last one holds puts that one right; with another day it is a new one."""

KEPT_BACK = """
DROP TRIGGER federation_organisation_named ON federation_organisation;
DROP FUNCTION federation_keep_name();
DROP TRIGGER federation_organisation_name_guarded ON federation_organisation;
DROP FUNCTION federation_guard_name();
"""


class Migration(migrations.Migration):
    """What an organisation is called is dated, and written by the database whenever it changes; it only grows."""

    dependencies = [("federation", "0010_homes_dated")]
    operations = [
        migrations.AddField("organisation", "named_from", models.DateField(blank=True, null=True)),
        migrations.CreateModel(
            name="OrganisationName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("from_on", models.DateField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names",
                        to="federation.organisation",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(FROM_THE_BEGINNING, migrations.RunSQL.noop),
        protect("federation_organisationname", see="true", write="false"),
        append_only("federation_organisationname"),
        migrations.RunSQL(KEPT, KEPT_BACK),
    ]

from django.db import migrations, models

from omsorg.kernel.wall import append_only, protect

GUARDED = """
CREATE OR REPLACE FUNCTION ombuds_guard_ring() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('ombuds_ring', 0));
        IF (NEW.vouched_on IS NULL) <> (NEW.vouched_by IS NULL) THEN
            RAISE EXCEPTION 'A ring is vouched for on a day by somebody' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.vouched_on IS NOT NULL THEN
            IF NEW.vouched_by <> NEW.person OR EXISTS (
                SELECT 1 FROM ombuds_founder WHERE is_example = NEW.is_example) OR EXISTS (
                SELECT 1 FROM ombuds_ring
                WHERE id <> NEW.id AND vouched_on IS NOT NULL AND is_example = NEW.is_example) THEN
                RAISE EXCEPTION 'Only the first ring founds the office' USING ERRCODE = 'check_violation';
            END IF;
            INSERT INTO ombuds_founder (is_example, ring, public_key)
            VALUES (NEW.is_example, NEW.id, NEW.public_key);
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.person, NEW.public_key, NEW.made_on, NEW.is_example)
       IS DISTINCT FROM (OLD.id, OLD.person, OLD.public_key, OLD.made_on, OLD.is_example) THEN
        RAISE EXCEPTION 'A ring keeps its person and its key' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.retired_on IS NOT NULL AND NEW.retired_on IS DISTINCT FROM OLD.retired_on THEN
        RAISE EXCEPTION 'A retired ring stays retired' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.vouched_by, NEW.vouched_on) IS DISTINCT FROM (OLD.vouched_by, OLD.vouched_on) THEN
        IF OLD.vouched_on IS NOT NULL OR NEW.vouched_on IS NULL OR NEW.vouched_by IS DISTINCT FROM my_person()
           OR NEW.vouched_by = NEW.person OR NOT ombuds_i_hear() THEN
            RAISE EXCEPTION 'Another ombudsperson vouches for a ring, once' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
INSERT INTO ombuds_founder (is_example, ring, public_key)
SELECT DISTINCT ON (is_example) is_example, id, public_key FROM ombuds_ring
WHERE vouched_on IS NOT NULL AND vouched_by = person ORDER BY is_example, made_on, id;
"""
GUARDED_AS_BEFORE = """
CREATE OR REPLACE FUNCTION ombuds_guard_ring() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('ombuds_ring', 0));
        IF NEW.vouched_on IS NOT NULL AND EXISTS (
            SELECT 1 FROM ombuds_ring
            WHERE id <> NEW.id AND vouched_on IS NOT NULL AND is_example = NEW.is_example) THEN
            RAISE EXCEPTION 'Only the first ring founds the office' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.person, NEW.public_key, NEW.made_on, NEW.is_example)
       IS DISTINCT FROM (OLD.id, OLD.person, OLD.public_key, OLD.made_on, OLD.is_example) THEN
        RAISE EXCEPTION 'A ring keeps its person and its key' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.retired_on IS NOT NULL AND NEW.retired_on IS DISTINCT FROM OLD.retired_on THEN
        RAISE EXCEPTION 'A retired ring stays retired' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.vouched_by, NEW.vouched_on) IS DISTINCT FROM (OLD.vouched_by, OLD.vouched_on) THEN
        IF OLD.vouched_on IS NOT NULL OR NEW.vouched_by IS DISTINCT FROM my_person() OR NEW.vouched_by = NEW.person
           OR NOT ombuds_i_hear() THEN
            RAISE EXCEPTION 'Another ombudsperson vouches for a ring, once' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
"""


def never_removed(table: str) -> migrations.RunSQL:
    """Rows may change as their guards allow, and none goes."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_never_removed BEFORE DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();"
        f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();",
        f"DROP TRIGGER {table}_never_emptied ON {table}; DROP TRIGGER {table}_never_removed ON {table};",
    )


class Migration(migrations.Migration):
    """Who founded the office is written down once. Rings and seats end and are never removed: put back with another
    key, or by another hand, they would open what children wrote."""

    dependencies = [("ombuds", "0028_halves_by_ring")]
    operations = [
        migrations.CreateModel(
            name="Founder",
            fields=[
                ("is_example", models.BooleanField(primary_key=True, serialize=False)),
                ("ring", models.BigIntegerField()),
                ("public_key", models.BinaryField()),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL(GUARDED, GUARDED_AS_BEFORE),
        protect("ombuds_founder", see="true", write="false"),
        append_only("ombuds_founder"),
        never_removed("ombuds_ring"),
        never_removed("ombuds_seat"),
    ]

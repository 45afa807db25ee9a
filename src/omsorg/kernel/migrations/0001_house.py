from django.db import migrations

SQL = """
CREATE FUNCTION kernel_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What is kept in % is never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION my_person() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('app.person', true), '')::bigint $$;

CREATE FUNCTION is_house() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT coalesce(current_setting('app.house', true), '') = 'on' $$;

CREATE FUNCTION app_day() RETURNS date LANGUAGE sql STABLE AS
$$ SELECT coalesce(nullif(current_setting('app.day', true), '')::date, current_date) $$;
"""

BACK = """
DROP FUNCTION app_day(); DROP FUNCTION is_house(); DROP FUNCTION my_person(); DROP FUNCTION kernel_refuse_change();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(SQL, BACK)]

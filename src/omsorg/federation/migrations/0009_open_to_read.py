from django.db import migrations

from omsorg.kernel.wall import protect

UNDER_ME = """
CREATE FUNCTION federation_stood_under_mine(of_organisation bigint) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((
        SELECT p.parent_id = ANY(ARRAY(SELECT units_i_keep())) FROM federation_position p
        WHERE p.organisation_id = of_organisation ORDER BY p.valid_from DESC LIMIT 1), false)
$$;

CREATE FUNCTION federation_is_newly_founded(of_organisation bigint) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT EXISTS (SELECT 1 FROM federation_position WHERE of_organisation IN (organisation_id, parent_id))
        AND NOT EXISTS (SELECT 1 FROM federation_person WHERE organisation_id = of_organisation)
        AND NOT EXISTS (SELECT 1 FROM federation_mandate WHERE organisation_id = of_organisation)
$$;

CREATE FUNCTION federation_guard_position() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.organisation_id, NEW.valid_from) IS DISTINCT FROM (OLD.organisation_id, OLD.valid_from)
        AND NOT is_house() THEN
        RAISE EXCEPTION 'A position ends or is put right: another organisation or day is another position'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER federation_position_guarded BEFORE UPDATE ON federation_position
    FOR EACH ROW EXECUTE FUNCTION federation_guard_position();

CREATE FUNCTION federation_guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF is_house() THEN
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.person_id) IS DISTINCT FROM (OLD.id, OLD.person_id) THEN
        RAISE EXCEPTION 'An account stays with its person' USING ERRCODE = 'check_violation';
    END IF;
    IF ((NEW.email, NEW.is_active, NEW.closed_from) IS DISTINCT FROM (OLD.email, OLD.is_active, OLD.closed_from)
            OR (NEW.password IS DISTINCT FROM OLD.password AND OLD.person_id <> my_person()))
        AND NOT OLD.person_id = ANY(ARRAY(SELECT people_i_keep())) THEN
        RAISE EXCEPTION 'Whoever looks after a person changes the address or closes the account'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER federation_account_guarded BEFORE UPDATE ON federation_account
    FOR EACH ROW EXECUTE FUNCTION federation_guard_account();

CREATE OR REPLACE FUNCTION federation_guard_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF is_house() THEN
        RETURN NEW;
    END IF;
    IF NEW.organisation_id <> OLD.organisation_id AND OLD.id = my_person() THEN
        RAISE EXCEPTION 'Nobody moves themselves to another organisation' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.id, NEW.code, NEW.is_example) IS DISTINCT FROM (OLD.id, OLD.code, OLD.is_example)
        OR ((NEW.email, NEW.left_on) IS DISTINCT FROM (OLD.email, OLD.left_on)
            AND NOT OLD.id = ANY(ARRAY(SELECT people_i_keep()))) THEN
        RAISE EXCEPTION 'Of their own entry people change the name and the language' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION federation_guard_token() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF is_house() THEN
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.person_id, NEW.name, NEW.fingerprint, NEW.scopes, NEW.made_at, NEW.expires_on)
        IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.name, OLD.fingerprint, OLD.scopes, OLD.made_at, OLD.expires_on)
        OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at) THEN
        RAISE EXCEPTION 'A key is only taken back' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER federation_token_guarded BEFORE UPDATE ON federation_token
    FOR EACH ROW EXECUTE FUNCTION federation_guard_token();
"""
UNDER_ME_BACK = """
DROP TRIGGER federation_token_guarded ON federation_token;
DROP FUNCTION federation_guard_token();
CREATE OR REPLACE FUNCTION federation_guard_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.organisation_id <> OLD.organisation_id AND OLD.id = my_person() AND NOT is_house() THEN
        RAISE EXCEPTION 'Nobody moves themselves to another organisation' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER federation_account_guarded ON federation_account;
DROP FUNCTION federation_guard_account();
DROP TRIGGER federation_position_guarded ON federation_position;
DROP FUNCTION federation_guard_position();
DROP FUNCTION federation_is_newly_founded(bigint);
DROP FUNCTION federation_stood_under_mine(bigint);
"""

I_KEEP = "ANY(ARRAY(SELECT units_i_keep()))"
OF_MY_PEOPLE = "person_id = ANY(ARRAY(SELECT people_i_keep()))"


class Migration(migrations.Migration):
    """What is declared open is open to be read: who writes it is asked here, and the lineage is drawn, never written.

    An account is touched before anybody is known: signing in notes the day, and whoever has lost a password chooses
    another. The guard of the table lets these two through, and the password only to nobody yet or to oneself.
    """

    dependencies = [("federation", "0008_units_by_role")]
    operations = [
        migrations.RunSQL(UNDER_ME, UNDER_ME_BACK),
        protect(
            "federation_place",
            see="true",
            add="is_house() OR EXISTS (SELECT units_i_keep())",
            write="is_house() OR (SELECT i_keep_the_top())",
            remove="is_house()",
        ),
        protect(
            "federation_organisation",
            see="true",
            add="is_house() OR EXISTS (SELECT units_i_keep())",
            write=f"is_house() OR id = {I_KEEP} OR federation_stood_under_mine(id)",
            remove="is_house()",
        ),
        protect(
            "federation_position",
            see="true",
            add=f"is_house() OR (parent_id = {I_KEEP} AND (organisation_id = {I_KEEP}"
            " OR federation_stood_under_mine(organisation_id) OR federation_is_newly_founded(organisation_id)))",
            write=f"is_house() OR parent_id = {I_KEEP}",
        ),
        protect("federation_lineage", see="true", write="false"),
        protect(
            "federation_account",
            see="true",
            add=f"is_house() OR {OF_MY_PEOPLE}",
            write="true",
            remove="is_house()",
        ),
        protect(
            "federation_token",
            see="true",
            add="is_house() OR person_id = my_person()",
            write=f"is_house() OR person_id = my_person() OR {OF_MY_PEOPLE}",
            remove="is_house()",
        ),
    ]

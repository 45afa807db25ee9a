import django.db.models.deletion
from django.db import migrations, models

from omsorg.kernel.wall import append_only, protect

CHANGING = """
CREATE FUNCTION savings_key_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.group_id, NEW.uuid, NEW.member, NEW.public, NEW.from_seq, NEW.at) IS DISTINCT FROM
        (OLD.group_id, OLD.uuid, OLD.member, OLD.public, OLD.from_seq, OLD.at)
        OR (OLD.until_seq IS NOT NULL AND NEW.until_seq IS DISTINCT FROM OLD.until_seq)
    THEN
        RAISE EXCEPTION 'A key is withdrawn once, and never changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER savings_memberkey_for_good BEFORE UPDATE ON savings_memberkey
    FOR EACH ROW EXECUTE FUNCTION savings_key_for_good();

CREATE FUNCTION savings_hold_group(of_group bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM savings_groupstate s WHERE s.group_id = of_group FOR UPDATE;
END $$;

CREATE FUNCTION savings_change_keys(
    of_group bigint, of_document text, of_hash text, of_signatures text, of_by bigint, of_at timestamptz
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    said jsonb := of_document::jsonb;
    stands record;
    made bigint;
    wanted int;
    done int;
BEGIN
    IF of_hash IS DISTINCT FROM encode(sha256(convert_to(of_document, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'A document has the fingerprint of its own bytes' USING ERRCODE = 'check_violation';
    END IF;
    SELECT g.uuid, s.seq, s.head INTO stands FROM savings_group g JOIN savings_groupstate s ON s.group_id = g.id
    WHERE g.id = of_group AND g.unit_id IN (SELECT savings_units(ARRAY['savings_field_officer'])) FOR UPDATE OF s;
    IF NOT FOUND OR of_by IS DISTINCT FROM my_person() OR jsonb_array_length(of_signatures::jsonb) < 3 THEN
        RAISE EXCEPTION 'Phones and keys are changed by three keys before the field officer' USING ERRCODE = 'check_violation';
    END IF;
    IF (said ->> 'group')::uuid IS DISTINCT FROM stands.uuid OR (said ->> 'after')::bigint IS DISTINCT FROM stands.seq
        OR said ->> 'head' IS DISTINCT FROM stands.head THEN
        RAISE EXCEPTION 'What is signed holds after the meeting that it names' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO savings_keychange (group_id, after, document, hash, signatures, by_id, at)
        VALUES (of_group, stands.seq, of_document, of_hash, of_signatures, of_by, of_at) RETURNING id INTO made;
    INSERT INTO savings_device (group_id, uuid, pen, from_seq, why, by_id, at)
        SELECT of_group, (c ->> 'device')::uuid, (c ->> 'pen')::bigint, stands.seq + 1, c ->> 'why', of_by, of_at
        FROM jsonb_array_elements(said -> 'changes') c WHERE c ->> 'change' = 'pen';
    INSERT INTO savings_memberkey (group_id, uuid, member, public, from_seq, by_id, at)
        SELECT of_group, (c ->> 'key')::uuid, (c ->> 'member')::bigint, c ->> 'public', stands.seq + 1, of_by, of_at
        FROM jsonb_array_elements(said -> 'changes') c WHERE c ->> 'change' = 'key';
    SELECT count(*) INTO wanted FROM jsonb_array_elements(said -> 'changes') c WHERE c ->> 'change' = 'revoke';
    UPDATE savings_memberkey k SET until_seq = stands.seq + 1 WHERE k.group_id = of_group AND k.until_seq IS NULL
        AND k.uuid IN (SELECT (c ->> 'key')::uuid FROM jsonb_array_elements(said -> 'changes') c WHERE c ->> 'change' = 'revoke');
    GET DIAGNOSTICS done = ROW_COUNT;
    IF done <> wanted THEN
        RAISE EXCEPTION 'A key is withdrawn once, and never changed' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM savings_trace(of_group, 'change_keys', json_build_object(
        'after', stands.seq, 'paper', of_hash)::text, of_by, of_at);
    RETURN made;
END $$;
"""
CHANGING_BACK = """
DROP FUNCTION savings_change_keys(bigint, text, text, text, bigint, timestamptz);
DROP FUNCTION savings_hold_group(bigint);
DROP TRIGGER savings_memberkey_for_good ON savings_memberkey;
DROP FUNCTION savings_key_for_good();
"""


class Migration(migrations.Migration):
    """Another phone and other keys after the first meeting: three keys before the field officer, and never otherwise."""

    dependencies = [
        ("federation", "0013_roles_given_by"),
        ("savings", "0006_two_of_one_number"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("after", models.BigIntegerField()),
                ("document", models.TextField()),
                ("hash", models.CharField(max_length=64)),
                ("signatures", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="key_changes", to="savings.group"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("group", "hash"), name="savings_keychange_once")],
            },
        ),
        append_only("savings_keychange"),
        protect(
            "savings_keychange",
            see="is_house() OR group_id = ANY(ARRAY(SELECT savings_groups_seen()))",
            write="false",
        ),
        migrations.RunSQL(CHANGING, CHANGING_BACK),
    ]

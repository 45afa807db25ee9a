from django.db import migrations, models

from omsorg.kernel.wall import append_only, protect
from omsorg.ombuds.models.keys import random_id

KEY_STAYS = """
CREATE FUNCTION ombuds_signing_key_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.signing_key IS DISTINCT FROM OLD.signing_key
       AND (OLD.signing_key <> '' OR NEW.person IS DISTINCT FROM my_person()) THEN
        RAISE EXCEPTION 'A ring keeps its signing key, and gets it from its owner' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ombuds_ring_signing_key_stays BEFORE UPDATE ON ombuds_ring
    FOR EACH ROW EXECUTE FUNCTION ombuds_signing_key_stays();
"""
BACK = """
DROP TRIGGER ombuds_ring_signing_key_stays ON ombuds_ring;
DROP FUNCTION ombuds_signing_key_stays();
"""


def what_counts(apps, schema_editor):
    """Write down every seat that counts today beside the ring that hears from it."""
    alias = schema_editor.connection.alias
    rings = apps.get_model("ombuds", "Ring").objects.using(alias)
    rings = {ring.person: ring.pk for ring in rings.filter(vouched_on__isnull=False, retired_on__isnull=True)}
    seats = apps.get_model("ombuds", "Seat").objects.using(alias)
    before = apps.get_model("ombuds", "VouchedBefore")
    before.objects.using(alias).bulk_create(
        before(
            id=random_id(),
            ring=rings[seat.person],
            level=seat.level,
            countries=seat.countries,
            confirmed_by=seat.confirmed_by,
        )
        for seat in seats.filter(person__in=rings, confirmed_by__isnull=False, valid_until__isnull=True)
    )


class Migration(migrations.Migration):
    """Vouching for a ring and confirming a seat are signatures; what was vouched for before is written down once."""

    dependencies = [("ombuds", "0025_leavers_hold_nothing")]
    operations = [
        migrations.AddField("ring", "signing_key", models.BinaryField(default=b"")),
        migrations.AddField("seat", "signed_by", models.BigIntegerField(null=True)),
        migrations.AddField("seat", "signed_countries", models.JSONField(default=list)),
        migrations.AddField("seat", "signature", models.BinaryField(default=b"")),
        migrations.CreateModel(
            name="VouchedBefore",
            fields=[
                ("id", models.BigIntegerField(default=random_id, editable=False, primary_key=True, serialize=False)),
                ("ring", models.BigIntegerField()),
                ("level", models.CharField(max_length=8)),
                ("countries", models.JSONField(default=list)),
                ("confirmed_by", models.BigIntegerField()),
            ],
            options={"abstract": False},
        ),
        migrations.RunPython(what_counts, migrations.RunPython.noop),
        protect("ombuds_vouchedbefore", see="true", write="false"),
        append_only("ombuds_vouchedbefore"),
        migrations.RunSQL(KEY_STAYS, BACK),
    ]

from django.db import migrations, models

ONLY_RING = """
UPDATE ombuds_recoveryshare AS share SET {half}_ring = found.id
FROM (SELECT person, min(id) AS id FROM ombuds_ring GROUP BY person HAVING count(*) = 1) AS found
WHERE found.person = share.{half}
"""

WHO_OPENS = """
CREATE FUNCTION ombuds_who_opens() RETURNS TABLE (ring bigint, "outer" bigint, "inner" bigint, outer_ring bigint,
    inner_ring bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT share.ring_id, share."outer", share."inner", share.outer_ring, share.inner_ring
    FROM ombuds_recoveryshare AS share JOIN ombuds_ring ON ombuds_ring.id = share.ring_id
    WHERE is_house() OR ombuds_ring.person = my_person()
$$
"""


class Migration(migrations.Migration):
    """Each half of a way back says which ring opens it: who had to make a new ring opens none of the old halves. Of
    whoever has had several rings it is not known which one; at the next unlocking the halves are made anew. Who could
    open them is told to the owner and to the house; what is sealed in them is not."""

    dependencies = [("ombuds", "0027_words_of_another")]
    operations = [
        migrations.AddField("recoveryshare", "outer_ring", models.BigIntegerField(null=True)),
        migrations.AddField("recoveryshare", "inner_ring", models.BigIntegerField(null=True)),
        migrations.RunSQL(ONLY_RING.format(half="outer"), migrations.RunSQL.noop),
        migrations.RunSQL(ONLY_RING.format(half="inner"), migrations.RunSQL.noop),
        migrations.RunSQL(WHO_OPENS, "DROP FUNCTION ombuds_who_opens()"),
    ]

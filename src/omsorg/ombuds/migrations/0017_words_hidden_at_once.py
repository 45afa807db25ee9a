from django.db import migrations, models

HIDDEN = """
CREATE FUNCTION ombuds_hidden_words_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawal = 'recognised' AND NEW.withdrawal <> 'recognised'
       AND OLD.withdrawal_by IS NOT DISTINCT FROM my_person() THEN
        RAISE EXCEPTION 'Another ombudsperson gives hidden words back' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ombuds_hidden_words_of_two BEFORE UPDATE ON ombuds_advice
    FOR EACH ROW EXECUTE FUNCTION ombuds_hidden_words_by_two();
ALTER POLICY ombuds_advice_see ON ombuds_advice USING (
    (published_on IS NOT NULL AND withdrawn_on IS NULL AND withdrawal <> 'recognised')
    OR (SELECT ombuds_i_hear()) OR is_house());
"""
SHOWN = """
ALTER POLICY ombuds_advice_see ON ombuds_advice USING (
    (published_on IS NOT NULL AND withdrawn_on IS NULL) OR (SELECT ombuds_i_hear()) OR is_house());
DROP TRIGGER ombuds_hidden_words_of_two ON ombuds_advice;
DROP FUNCTION ombuds_hidden_words_by_two();
"""
ASKED_BEFORE = (
    "UPDATE ombuds_advice SET withdrawal_asked_on = CURRENT_DATE WHERE withdrawal <> '' AND withdrawn_on IS NULL;"
)
"""When one that still waits was asked for was not kept: it counts from today."""


class Migration(migrations.Migration):
    """Words in which somebody is recognised are out of the public's reach as soon as one ombudsperson says so."""

    dependencies = [("ombuds", "0016_advice_by_two")]
    operations = [
        migrations.AddField("advice", "withdrawal_asked_on", models.DateField(null=True)),
        migrations.RunSQL(ASKED_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(HIDDEN, SHOWN),
    ]

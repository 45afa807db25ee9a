import django.db.models.deletion
from django.db import migrations, models

from omsorg.kernel.wall import append_only, protect

OTHER = """
CREATE FUNCTION openness_agreed_by_another() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM openness_noticetemplate t WHERE t.id = NEW.template_id AND t.by_id = NEW.by_id) THEN
        RAISE EXCEPTION 'Whoever wrote the words does not agree to them' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER openness_templateagreed_by_another BEFORE INSERT ON openness_templateagreed
    FOR EACH ROW EXECUTE FUNCTION openness_agreed_by_another();
"""
OTHER_BACK = """
DROP TRIGGER openness_templateagreed_by_another ON openness_templateagreed;
DROP FUNCTION openness_agreed_by_another();
"""
AGREES = """is_house() OR (by_id = my_person() AND EXISTS (
    SELECT 1 FROM openness_units(ARRAY['openness_teller', 'openness_releaser'])))"""
TELLS = "is_house() OR programme_id = ANY(ARRAY(SELECT openness_units(ARRAY['openness_teller'])))"


def person(*, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
    )


def key() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """A form letter is used once another person has agreed to it; a list of sponsors that is old is looked through first.

    Form letters that nobody else has agreed to yet are not used: the words that the house brings are.
    """

    dependencies = [
        ("federation", "0011_names_dated"),
        ("openness", "0014_quarters_corrected"),
    ]
    operations = [
        migrations.CreateModel(
            name="AudienceList",
            fields=[
                ("id", key()),
                ("looked_through_on", models.DateField()),
                ("by", person(null=True)),
                (
                    "programme",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TemplateAgreed",
            fields=[
                ("id", key()),
                ("at", models.DateTimeField()),
                ("by", person()),
                (
                    "template",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreed",
                        to="openness.noticetemplate",
                    ),
                ),
            ],
        ),
        protect("openness_audiencelist", see=TELLS),
        protect("openness_templateagreed", see="true", write=AGREES),
        append_only("openness_templateagreed"),
        migrations.RunSQL(OTHER, OTHER_BACK),
    ]

from django.db import migrations

from omsorg.kernel.wall import protect

TELLER = "is_house() OR (by_id = my_person() AND EXISTS (SELECT 1 FROM openness_units(ARRAY['openness_teller'])))"


class Migration(migrations.Migration):
    """Open to be read: head figures are published, and form letters written, by those whose role it is."""

    dependencies = [("openness", "0003_shut_out_of_drafts")]
    operations = [
        protect("openness_quartershown", see="true", write="is_house() OR (SELECT openness_releases_all())"),
        protect("openness_noticetemplate", see="true", write=TELLER),
    ]

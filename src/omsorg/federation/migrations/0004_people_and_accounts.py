from django.db import migrations, models
from django.db.models import F, Q

import omsorg.federation.models

CODES = "UPDATE federation_person SET code = substr(md5(random()::text || id::text), 1, 12)"
ADDRESSES = """
INSERT INTO account_emailaddress (email, verified, "primary", user_id)
SELECT lower(a.email), true, true, a.id FROM federation_account a
WHERE NOT EXISTS (SELECT 1 FROM account_emailaddress e WHERE e.user_id = a.id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("federation", "0003_letters_of_ones_people"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [
        migrations.AddField("person", "code", models.CharField(max_length=12, null=True)),
        migrations.RunSQL(CODES, migrations.RunSQL.noop),
        migrations.AlterField(
            "person",
            "code",
            models.CharField(default=omsorg.federation.models.new_code, max_length=12, unique=True),
        ),
        migrations.AddField("account", "closed_from", models.DateField(blank=True, null=True)),
        migrations.RunSQL(ADDRESSES, migrations.RunSQL.noop),
        migrations.RemoveConstraint("mandate", "federation_mandate_forward"),
        migrations.AddConstraint(
            "mandate",
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="federation_mandate_forward",
            ),
        ),
    ]

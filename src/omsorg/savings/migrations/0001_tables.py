import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("federation", "0013_roles_given_by"),
    ]

    operations = [
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(unique=True)),
                ("name", models.CharField(max_length=200)),
                ("currency", models.CharField(max_length=3)),
                ("constitution", models.TextField()),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("mobilisation", "Mobilisation"),
                            ("intensive", "Intensive"),
                            ("development", "Development"),
                            ("maturity", "Maturity"),
                        ],
                        default="mobilisation",
                        max_length=12,
                    ),
                ),
                ("figures_opened", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("is_example", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Received",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document_id", models.CharField(blank=True, max_length=36)),
                ("seq", models.BigIntegerField(null=True)),
                ("hash", models.CharField(max_length=64)),
                ("prev", models.CharField(blank=True, max_length=64)),
                ("mark", models.CharField(max_length=64)),
                ("document", models.TextField()),
                ("signatures", models.TextField()),
                ("genuine", models.BooleanField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("posted", "Posted"),
                            ("waiting", "Waiting"),
                            ("forked", "Forked"),
                            ("broken", "Broken"),
                            ("refused", "Refused"),
                        ],
                        max_length=8,
                    ),
                ),
                ("rule", models.CharField(blank=True, max_length=40)),
                ("line", models.BigIntegerField(null=True)),
                ("facts", models.TextField(default="{}")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="received", to="savings.group"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Balance",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "group", "account", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("account", models.CharField(max_length=40)),
                ("amount", models.DecimalField(decimal_places=0, max_digits=60)),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="balances",
                        to="savings.group",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "received",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="meeting",
                        serialize=False,
                        to="savings.received",
                    ),
                ),
                ("seq", models.BigIntegerField()),
                ("cycle", models.BigIntegerField()),
                ("held_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="savings.group",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LaterOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("posted", "Posted"),
                            ("waiting", "Waiting"),
                            ("forked", "Forked"),
                            ("broken", "Broken"),
                            ("refused", "Refused"),
                        ],
                        max_length=8,
                    ),
                ),
                ("rule", models.CharField(blank=True, max_length=40)),
                ("line", models.BigIntegerField(null=True)),
                ("facts", models.TextField(default="{}")),
                ("at", models.DateTimeField()),
                (
                    "received",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="later", to="savings.received"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Fork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="forks", to="savings.group"
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="savings.received"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="savings.received"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MemberKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField()),
                ("member", models.BigIntegerField()),
                ("public", models.CharField(max_length=87)),
                ("from_seq", models.BigIntegerField(default=1)),
                ("until_seq", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="savings.group"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GroupState",
            fields=[
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="state",
                        serialize=False,
                        to="savings.group",
                    ),
                ),
                ("seq", models.BigIntegerField(default=0)),
                ("head", models.CharField(max_length=64)),
                ("state", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seq", 0), ("state", "")),
                            models.Q(("seq__gt", 0), models.Q(("state", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="savings_groupstate_from_meetings",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField()),
                ("pen", models.BigIntegerField()),
                ("from_seq", models.BigIntegerField()),
                (
                    "why",
                    models.CharField(
                        choices=[("first", "First"), ("replaced", "Replaced"), ("lost", "Lost")], max_length=8
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="devices", to="savings.group"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("group", "pen"), name="savings_device_one_pen")],
            },
        ),
        migrations.CreateModel(
            name="Transaction",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "meeting", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.IntegerField()),
                ("line", models.IntegerField()),
                ("kind", models.CharField(max_length=24)),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transactions",
                        to="savings.meeting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "meeting", "place", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", models.IntegerField()),
                ("number", models.IntegerField()),
                ("account", models.CharField(max_length=40)),
                ("amount", models.DecimalField(decimal_places=0, max_digits=60)),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="savings.group",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="savings.meeting",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="received",
            index=models.Index(
                condition=models.Q(("genuine", True)), fields=["group", "hash"], name="savings_received_genuine"
            ),
        ),
        migrations.AddIndex(
            model_name="received",
            index=models.Index(
                condition=models.Q(("genuine", True)), fields=["group", "seq"], name="savings_received_by_seq"
            ),
        ),
        migrations.AddConstraint(
            model_name="received",
            constraint=models.UniqueConstraint(fields=("group", "mark"), name="savings_received_once"),
        ),
        migrations.AddConstraint(
            model_name="received",
            constraint=models.CheckConstraint(
                condition=models.Q(("genuine", True), ("outcome", "refused"), _connector="OR"),
                name="savings_received_not_genuine",
            ),
        ),
        migrations.AddConstraint(
            model_name="fork",
            constraint=models.UniqueConstraint(fields=("one", "other"), name="savings_fork_once"),
        ),
        migrations.AddConstraint(
            model_name="fork",
            constraint=models.CheckConstraint(
                condition=models.Q(("one", models.F("other")), _negated=True), name="savings_fork_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="memberkey",
            constraint=models.UniqueConstraint(fields=("group", "uuid"), name="savings_memberkey_once"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("group", "seq"), name="savings_meeting_numbered"),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models

from omsorg.kernel.wall import append_only, protect

VISIBLE = "incident_id = ANY(ARRAY(SELECT safeguarding_visible()))"


class Migration(migrations.Migration):
    """The level of everybody in a team, and how the work of those complained of stands."""

    dependencies = [
        ("federation", "0012_traces_of_ones_own"),
        ("safeguarding", "0005_nothing_owed_when_closed"),
    ]

    operations = [
        migrations.AddField(
            model_name="teammember",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[("national", "national"), ("regional", "regional"), ("international", "international")],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="step",
            name="kind",
            field=models.CharField(
                choices=[
                    ("received", "received"),
                    ("taken_up", "taken_up"),
                    ("acknowledged", "acknowledged"),
                    ("triaged", "triaged"),
                    ("team_named", "team_named"),
                    ("team_left", "team_left"),
                    ("planned", "planned"),
                    ("alleged", "alleged"),
                    ("found", "found"),
                    ("counted", "counted"),
                    ("employment_said", "employment_said"),
                    ("supported", "supported"),
                    ("followed_up", "followed_up"),
                    ("measure_set", "measure_set"),
                    ("measure_done", "measure_done"),
                    ("duty_owed", "duty_owed"),
                    ("duty_decided", "duty_decided"),
                    ("duty_done", "duty_done"),
                    ("shut_out", "shut_out"),
                    ("let_in", "let_in"),
                    ("paused", "paused"),
                    ("resumed", "resumed"),
                    ("document_kept", "document_kept"),
                    ("document_withdrawn", "document_withdrawn"),
                    ("name_set_apart", "name_set_apart"),
                    ("noted", "noted"),
                    ("closed", "closed"),
                    ("reopened", "reopened"),
                    ("lesson_written", "lesson_written"),
                    ("lesson_checked", "lesson_checked"),
                    ("lesson_offered", "lesson_offered"),
                    ("decided", "decided"),
                    ("reminded", "reminded"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="EmploymentState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("carer", "carer"),
                            ("leader", "leader"),
                            ("partner_staff", "partner_staff"),
                            ("staff", "staff"),
                            ("volunteer", "volunteer"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("as_before", "as_before"),
                            ("other_work", "other_work"),
                            ("on_leave", "on_leave"),
                            ("ended", "ended"),
                            ("left", "left"),
                            ("not_known", "not_known"),
                        ],
                        max_length=16,
                    ),
                ),
                ("count", models.PositiveSmallIntegerField()),
                ("since_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employment",
                        to="safeguarding.incident",
                    ),
                ),
            ],
        ),
        append_only("safeguarding_employmentstate"),
        protect("safeguarding_employmentstate", see=f"{VISIBLE} OR is_house()"),
    ]

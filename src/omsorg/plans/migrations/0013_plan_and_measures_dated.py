import django.db.models.deletion
from django.db import migrations, models

from omsorg.kernel.wall import append_only, protect

AS_ADOPTED = """
INSERT INTO plans_planrevision
    (plan_id, number, title, summary, runs_from, runs_until, in_force_on, reason, by_id, at)
SELECT p.id, 1, p.title, p.summary, p.runs_from, greatest(p.runs_until, p.runs_from + 1), p.adopted_on, 'As adopted',
    NULL, least(
        (SELECT min(r.at) FROM plans_actionrevision r JOIN plans_action a ON a.id = r.action_id
         WHERE a.plan_id = p.id AND r.number = 1),
        (SELECT min(r.at) FROM plans_indicatorrevision r JOIN plans_indicator i ON i.id = r.indicator_id
         WHERE i.plan_id = p.id AND r.number = 1),
        now())
FROM plans_plan p
WHERE NOT EXISTS (SELECT 1 FROM plans_planrevision r WHERE r.plan_id = p.id);

INSERT INTO plans_indicatoraction (indicator_id, action_id, number, holds, in_force_on, reason, by_id, at)
SELECT m.indicator_id, m.action_id, 1, true,
    greatest(p.adopted_on, i.in_force_on, a.in_force_on), 'As adopted', i.by_id, greatest(i.at, a.at)
FROM plans_indicator_actions m
JOIN plans_indicator n ON n.id = m.indicator_id
JOIN plans_plan p ON p.id = n.plan_id
JOIN plans_indicatorrevision i ON i.indicator_id = m.indicator_id AND i.number = 1
JOIN plans_actionrevision a ON a.action_id = m.action_id AND a.number = 1
ON CONFLICT DO NOTHING;
"""
"""What stands is revision 1, in force from adoption; what came into the plan later, from the day on which it came."""

AS_IT_STANDS = """
INSERT INTO plans_indicator_actions (indicator_id, action_id)
SELECT indicator_id, action_id FROM (
    SELECT DISTINCT ON (indicator_id, action_id) indicator_id, action_id, holds FROM plans_indicatoraction
    ORDER BY indicator_id, action_id, number DESC) l
WHERE holds;
"""

WHO_REVISES = (
    "is_house() OR (by_id = my_person() AND EXISTS (SELECT 1 FROM {of_plan}"
    " AND p.owner_id = ANY(ARRAY(SELECT my_units_as(plans_roles_that_may('plans.revise'))))))"
)
OF_PLAN = "plans_plan p WHERE p.id = plan_id"
OF_INDICATOR = "plans_indicator i JOIN plans_plan p ON p.id = i.plan_id WHERE i.id = indicator_id"


class Migration(migrations.Migration):
    """A plan's own title and period, and which actions an indicator measures, become dated revisions."""

    dependencies = [
        ("federation", "0008_units_by_role"),
        ("plans", "0012_read_by_the_total"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndicatorAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("holds", models.BooleanField(default=True)),
                ("in_force_on", models.DateField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="measured_by", to="plans.action"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="plans.indicator"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("indicator", "action", "number"), name="plans_measure_number"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="plans_measure_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.JSONField()),
                ("summary", models.JSONField(default=dict)),
                ("runs_from", models.DateField()),
                ("runs_until", models.DateField(help_text="the first day on which it no longer runs")),
                ("in_force_on", models.DateField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="plans.plan"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="plans_planrevision_number"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="plans_planrevision_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("runs_until__gt", models.F("runs_from"))), name="plans_planrevision_period"
                    ),
                ],
            },
        ),
        migrations.RunSQL(AS_ADOPTED, AS_IT_STANDS),
        migrations.RemoveField(
            model_name="indicator",
            name="actions",
        ),
        append_only("plans_planrevision"),
        protect("plans_planrevision", see="true", write=WHO_REVISES.format(of_plan=OF_PLAN)),
        append_only("plans_indicatoraction"),
        protect("plans_indicatoraction", see="true", write=WHO_REVISES.format(of_plan=OF_INDICATOR)),
    ]

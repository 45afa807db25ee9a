"""Promises kept in public.

A review body makes recommendations; the organisation answers with a plan of actions; each action is
measured by indicators; national associations report observations, period by period; somebody of another
organisation verifies them; a report is frozen, released by a second person, and read by everybody. Every
number and sentence in public is computed from the frozen report. Nobody types a percentage.

Words: source, recommendation, plan, action, indicator, target, figure, assessment (self, override),
verification, submission, evidence, report, release. Two facts are never mixed: activity (is it still being
done?) and rating (how does it go?). Two bases always stand together: the plan as adopted, and what is
active now. Neighbours: stands on federation and kernel; incident lessons and an ombudsperson's
recommendations will come in as sources.
"""

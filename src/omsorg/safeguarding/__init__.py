"""An incident is handled: from the first concern to what was learned, with clocks that everybody above can see.

A concern is looked at (safe now? a crime? a conflict of interest?), gets a level and a team, a plan, an investigation
with a finding for each allegation, measures, support for those affected, duties to tell, and is closed when none is
owed any more. The person or unit complained of finds nothing here.

Words: concern, triage, incident, level, incident team, allegation, finding, measure, affected persons, subjects of
complaint, support, clock, duty to tell, closure, lesson, decision on publication. Neighbours: stands on federation and
kernel; lessons become sources of a plan; openness stands above and tells the public.
"""

"""English."""

WORDS: dict[str, str | tuple[str, str]] = {
    # Things
    "indicators": ("indicator", "indicators"),
    "actions": ("action", "actions"),
    "prioritised_actions": ("prioritised action", "prioritised actions"),
    "organisations": ("organisation", "organisations"),
    # Ratings, statuses, activities
    "rating.completed": "completed",
    "rating.on_track": "on track",
    "rating.off_track": "off track",
    "rating.not_started": "not started",
    "rating.not_rated": "not rated",
    "status.completed": "completed",
    "status.on_track": "on track",
    "status.at_risk": "at risk",
    "status.off_track": "off track",
    "status.not_due": "not due yet",
    "status.no_data": "no figures",
    "status.not_rated": "not rated",
    "activity.active": "active",
    "activity.on_hold": "on hold",
    "activity.superseded": "superseded",
    "activity.dropped": "dropped",
    # Headline
    "headline": "Completed or on track: {adopted}, {active}, {not_rated}.",
    "headline.adopted": "{good} of {total} {indicators} in the plan as adopted ({percent})",
    "headline.adopted.none": "no indicators in the plan as adopted",
    "headline.active": "{good} of {total} now active ({percent})",
    "headline.active.none": "none now active",
    "headline.not_rated": "{count} not rated",
    # The two bases in full
    "bases.adopted": (
        "{good} of {total} {indicators} in the plan as adopted is completed or on track ({percent}).",
        "{good} of {total} {indicators} in the plan as adopted are completed or on track ({percent}).",
    ),
    "bases.adopted.none": "There were no indicators in the plan as adopted.",
    "bases.active": (
        "Of the {total} now active, {good} is ({percent}).",
        "Of the {total} now active, {good} are ({percent}).",
    ),
    "bases.active.none": "No indicator is active now.",
    "bases.not_rated": (
        "{count} active indicator is not rated yet.",
        "{count} active indicators are not rated yet.",
    ),
    "bases.all_rated": "Every active indicator is rated.",
    "bases.added": (
        "{count} indicator was added after the plan was adopted.",
        "{count} indicators were added after the plan was adopted.",
    ),
    # Counts of ratings
    "counts": "{total} {indicators}: {items}.",
    "counts.completed": "{count} completed",
    "counts.on_track": "{count} on track",
    "counts.off_track": "{count} off track",
    "counts.not_started": "{count} not started",
    "counts.not_rated": "{count} not rated",
    "counts.on_hold_or_changed": "{count} on hold or changed ({items})",
    "counts.inactive": "{count} not active",
    "counts.changed": "{count} changed and not yet rated",
    # Actions
    "actions.moved": (
        "{moved} of {total} {actions} has moved forward: at least one of its indicators is completed or on track.",
        "{moved} of {total} {actions} have moved forward: at least one of their indicators is completed or on track.",
    ),
    "actions.none_moved": "{moved} of {total} {actions} have moved forward.",
    "actions.none": "There are no actions in this report.",
    "actions.prioritised": (
        "Of {total} {prioritised_actions}, {moved} has moved forward.",
        "Of {total} {prioritised_actions}, {moved} have moved forward.",
    ),
    "actions.inactive": ("{count} action is no longer active.", "{count} actions are no longer active."),
    # Change of base
    "base.since": "Since the report before ({period}): {good}; {base}.",
    "base.good.same": "the count of good indicators stayed at {after}",
    "base.good.moved": "the count of good indicators went from {before} to {after}",
    "base.active.same": "the base of active indicators stayed at {after}",
    "base.active.moved": "the base of active indicators went from {before} to {after}",
    "base.only": (
        "The share of active indicators went from {before} to {after} because the base changed, not the count."
    ),
    # Verification
    "verification.none": "There are no ratings to verify.",
    "verification.nobody": "{verified} of {rated} ratings have been verified by another organisation.",
    "verification.ratings": (
        "{verified} of {rated} ratings has been verified by another organisation: "
        "{same} with the same rating, {other} with a different one.",
        "{verified} of {rated} ratings have been verified by another organisation: "
        "{same} with the same rating, {other} with a different one.",
    ),
    "verification.sources": (
        "Where the ratings come from: {computed} computed from figures, {own} by the owner's own judgement, "
        "{override} set by a person who gave a reason."
    ),
    "verification.figures": (
        "Figures of the period: {total}, of which {confirmed} confirmed and {contested} contested by another "
        "organisation; {evidence} with evidence attached."
    ),
    # Answers
    "coverage": (
        "Answers ({period}): {received} of {expected} {organisations} ({percent}), {late} of them late; "
        "{missing} missing."
    ),
    "coverage.none": "No answers were asked for ({period}).",
    # Budget
    "budget.none": "No budget is known.",
    "budget.known": "A budget is known for {known} of {total} {actions}.",
    "budget.revised": "Budget: {original} as adopted, {present} as revised; {spent}.",
    "budget.unrevised": "Budget: {original}, not revised; {spent}.",
    "budget.spent": "{spent} spent{share}",
    "budget.untold": "what is spent has not been told",
    "budget.told": "What is spent is known for {known} of {total} {actions} with a budget.",
    "budget.share": " ({percent} of the present budget)",
    # One indicator
    "indicator.completed": "Completed.",
    "indicator.on_track": "On track.",
    "indicator.off_track": "Off track.",
    "indicator.off_track.cause": "Off track {cause}.",
    "indicator.not_started": "Not started.",
    "indicator.not_rated": "Not rated.",
    "indicator.changed": "Its definition was changed on {day}, and it has not been rated since.",
    "indicator.redefined": "Its definition was changed on {day}.",
    "indicator.slower": "It goes more slowly than planned, but the result is as wished.",
    "indicator.new_date": "New date: {day}.",
    "indicator.computed": "The figures alone say “{computed}”.",
    "indicator.override": "The figures alone say “{computed}”; it was set to “{stated}” because: {reason}",
    "indicator.override.bare": "It was set to “{stated}” because: {reason}",
    "indicator.self": "The owner's own rating is “{rating}”.",
    "indicator.verified.same": "{by} came to the same rating on {day}.",
    "indicator.verified.other": "{by} came to another rating on {day}: “{rating}”.",
    "indicator.value": "Observed: {value}.",
    "indicator.value.coverage": "Observed: {value}, from {reported} of {expected} {organisations}.",
    "indicator.reached": "Reached.",
    "indicator.not_reached": "Not reached yet.",
    "indicator.target": "Target: {value} by {day}.",
    "indicator.target.milestone": "To be reached by {day}.",
    "indicator.target.band": "To be within the band by {day}.",
    "indicator.first_target": "The first target was {value} by {day}.",
    "indicator.first_target.day": "The first date was {day}.",
    "indicator.baseline": "At the start: {value}.",
    "value.share": "{numerator} of {denominator} ({percent})",
    "value.per": "{value} per {per}",
    "value.unit": "{value} {unit}",
    "missing.not_reported": "No figure has been reported.",
    "missing.no_cases": "There were no cases.",
    "missing.not_applicable": "It does not apply.",
    "missing.suppressed": "The figure is so small that it could point at somebody, and is not shown.",
    "missing.refused": "Those who were asked declined to answer.",
    "missing.incomplete": "Not everybody has answered yet, so there is no result.",
    "missing.not_additive": "The figures cannot be added: the same person may be counted in several places.",
    "missing.not_rolled_up": "The figures are shown for each organisation and not put together.",
    "missing.in_words": "It is answered in words.",
    # Activity of one thing
    "stopped.on_hold": "On hold.",
    "stopped.on_hold.reason": "On hold: {reason}",
    "stopped.superseded": "Superseded by {by}.",
    "stopped.superseded.reason": "Superseded by {by}: {reason}",
    "stopped.dropped": "Dropped.",
    "stopped.dropped.reason": "Dropped: {reason}",
    # Causes
    "cause.time": "because it needs more time than planned",
    "cause.resources": "because money or people are missing",
    "cause.scope": "because the task turned out to be another one",
    "cause.outside": "because of circumstances outside the organisation",
    # One action
    "action.due": "Due {day}.",
    "action.due.slip": (
        "Due {day}; {count} day later than first promised ({first}).",
        "Due {day}; {count} days later than first promised ({first}).",
    ),
    "action.due.early": (
        "Due {day}; {count} day earlier than first promised ({first}).",
        "Due {day}; {count} days earlier than first promised ({first}).",
    ),
    "action.overdue": (
        "Was due {day} and is not done; {count} day later than first promised ({first}) so far.",
        "Was due {day} and is not done; {count} days later than first promised ({first}) so far.",
    ),
    "action.done": "Done {day}, on the day first promised.",
    "action.done.slip": (
        "Done {day}, {count} day later than first promised ({first}).",
        "Done {day}, {count} days later than first promised ({first}).",
    ),
    "action.done.early": (
        "Done {day}, {count} day earlier than first promised ({first}).",
        "Done {day}, {count} days earlier than first promised ({first}).",
    ),
    "action.cause": "It was delayed {cause}.",
    "action.new_date": "New date: {day}.",
    "action.indicators": "{good} of {total} {indicators} completed or on track.",
    "action.no_indicators": "No indicator measures this action.",
    # What changed
    "changed.rating": "{code}: from “{before}” to “{after}”.",
    "changed.activity": "{code}: from {before} to {after}.",
    "changed.activity.reason": "{code}: from {before} to {after}. {reason}",
    "changed.later": (
        "{code}: {what} moved from {before} to {after}, {count} day later.",
        "{code}: {what} moved from {before} to {after}, {count} days later.",
    ),
    "changed.earlier": (
        "{code}: {what} moved from {before} to {after}, {count} day earlier.",
        "{code}: {what} moved from {before} to {after}, {count} days earlier.",
    ),
    "changed.day_set": "{code}: {what} set to {after}.",
    "changed.day_gone": "{code}: {what} {before} is no longer stated.",
    "day.starts_on": "the start",
    "day.due_on": "the due date",
    "day.target_due": "the date of the target",
    "changed.budget": "{code}: the budget went from {before} to {after}.",
    "changed.budget_set": "{code}: a budget of {after} was set.",
    "changed.budget_gone": "{code}: the budget of {before} is no longer stated.",
    "changed.target": "{code}: the target went from {before} to {after}.",
    "changed.target_set": "{code}: a target of {after} was set.",
    "changed.target_gone": "{code}: the target of {before} is no longer stated.",
    "changed.text": "{code}: “{before}” now reads “{after}”.",
    "changed.new_indicator": "{code} is a new indicator.",
    "changed.removed_indicator": "{code} is no longer among the indicators of the report.",
    "changed.new_action": "{code} is a new action.",
    "changed.removed_action": "{code} is no longer among the actions of the report.",
    "changed.nothing": "Nothing has changed since the report before.",
}

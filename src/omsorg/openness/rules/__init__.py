"""What decides about a published failure: plain values in, plain values out.

`cases` says what is written and how a case may be closed; `reidentification` finds what could give a child away;
`redactions` leaves passages out and says so; `deciding` tells what may happen next and what still stands in the way of
a release; `telling` decides who is told, and in which words; `figures` decides which head figures may be shown.
"""

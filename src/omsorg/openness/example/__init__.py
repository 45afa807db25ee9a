"""Two invented cases of an invented association: one published, told to invented givers and corrected once; one held.

Brought to the public by the same actions as any other, each on its own day and by the person whose task it is. Nothing
of it happened; everything is marked as example.
"""

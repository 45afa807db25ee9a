"""What every system stands on, without a word of the field.

    periods, numbers, money   values, read and shown in one way
    clock                     the only place that asks what time it is (for views and jobs, never for rules)
    trail                     who did what when: append-only, hash-chained, verified by a command
    wall                      row level security: in whose name a transaction reads and writes
    reading                   the guard under which pages that only show cannot write
    letters, post             what must be told is written down in the same transaction and sent by the worker
    later, jobs               what else the worker does, and when
    sheets, uploads, imports  files from outside: read, checked, tried dry, and only then taken in
    files                     what was handed in: kept whole under a name of chance, given out at a door
    checks                    what must always be true, proved on the data that are there
    pictures                  small SVG pictures with a table beneath

Neighbours: everybody imports the kernel; the kernel imports nobody.
"""

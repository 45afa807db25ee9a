"""What is fast, beside what: each figure with the floor that was measured in the same run.

    ./omsorg bench plans            a federation of 137 organisations, 575,400 figures
    ./omsorg bench plans --large    and one of 1,300 programmes, 20,020,000 figures (some minutes)
    --goals                         end with 1 where a figure misses its goal

Times are CPU seconds, of this process and of the database's process that answers it, since the clock on the wall
tells mostly what else the machine was doing.
"""

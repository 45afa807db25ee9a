"""`./omsorg bench plans [--large] [--goals]`, `./omsorg bench ombuds [--goals]`, `./omsorg bench savings [--goals]`."""

import argparse
import os
import sys

BENCHES = ("plans", "ombuds", "savings")


def main() -> int:
    parser = argparse.ArgumentParser(prog="omsorg bench")
    parser.add_argument("what", choices=BENCHES)
    parser.add_argument("--large", action="store_true", help="20 million figures as well")
    parser.add_argument("--goals", action="store_true", help="end with 1 where a goal is missed")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "omsorg.site.settings")
    import django

    django.setup()
    from benchmarks.measure import HEADING

    if asked.what == "ombuds":
        from benchmarks import ombuds

        lines = ombuds.run()
    elif asked.what == "savings":
        from benchmarks import savings

        lines = savings.run()
    else:
        from benchmarks import plans

        lines = plans.run(large=asked.large)
    print(HEADING)
    missed = 0
    for line in lines:
        print(line, flush=True)
        missed += not line.is_met
    if missed:
        print(f"{missed} missed their goal")
    return 1 if missed and asked.goals else 0


if __name__ == "__main__":
    sys.exit(main())

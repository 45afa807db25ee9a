"""A server that is killed while a child tells leaves the state before or after: at every step, and nothing between."""

import subprocess
import sys

from omsorg.ombuds.tests.office import make_office
from world import make_world

EVERY_STEP = """
import os, signal
import django
django.setup()
from django.db import connections
from omsorg.kernel.wall import as_house
from omsorg.ombuds.models import Case, CaseKey, Words
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.tests.office import tell

def tells(step):
    # In a process of its own, which is killed at once after its statement number `step`. Says whether it was.
    connections.close_all()
    process = os.fork()
    if process == 0:
        done = []
        def count(execute, *given):
            answer = execute(*given)
            done.append(1)
            if len(done) == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer
        with connections["default"].execute_wrapper(count):
            tell(f"words {step}", step)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])

def kept():
    with as_house():
        return Case.objects.count(), CaseKey.objects.values("case").distinct().count()

step, killed = 1, True
while killed:
    before = kept()
    killed = tells(step)
    after = kept()
    assert after[0] - before[0] == after[1] - before[1] == (0 if killed else 1), (step, before, after)
    again = tell(f"words {step}", step)
    assert again.already is not killed
    assert [message.text for message in open_with_code(again.code).messages] == [f"words {step}"]
    assert kept()[0] == before[0] + 1
    step += 1
print("killed after", step - 2, "statements")
"""


def test_either_all_is_kept_or_nothing_and_sending_again_shows_one_code(
    own_environment: dict[str, str],
) -> None:
    make_office(make_world())
    environment = {**own_environment, "DJANGO_SETTINGS_MODULE": "omsorg.site.settings"}
    done = subprocess.run(
        [sys.executable, "-c", EVERY_STEP], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert int(done.stdout.split()[2]) > 10

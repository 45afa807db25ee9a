"""`python -m omsorg.site COMMAND`: Django's commands and ours, with the settings of this site."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "omsorg.site.settings")
    execute_from_command_line(["omsorg", *sys.argv[1:]])

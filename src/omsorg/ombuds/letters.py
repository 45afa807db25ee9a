"""The one letter of the ombuds system: something waits for you. It says nothing of what, from whom, or from where."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as __
from django.utils.translation import override

from omsorg.federation.models import Person
from omsorg.kernel.letters import APART, write_letter
from omsorg.kernel.numbers import LANGUAGES
from omsorg.kernel.wall import as_house


def write_something_waits(person: Person, *, at: datetime, at_once: bool = False) -> bool:
    """Tell somebody that something waits, at most once an hour; `at_once`, after an alarm, also where a letter of this
    hour is there. Says whether it is new.

    Whoever keeps people sees no such letter, in no list and no count.
    """
    language = person.language if person.language in LANGUAGES else "en"
    when = f"{at:%Y-%m-%dT%H:%M}" if at_once else f"{at:%Y-%m-%dT%H}"
    with override(language), as_house():
        return write_letter(
            once=f"{APART}ombuds:{person.pk}:{when}",
            to_address=person.email,
            to_person=person.pk,
            language=language,
            subject=__("Something waits for you on %(site)s") % {"site": settings.ENVIRONMENT.site_name},
            body=__("Something waits for you. Sign in and unlock your key ring to read it:\n\n%(link)s\n")
            % {"link": settings.ENVIRONMENT.base_url.rstrip("/") + "/ombuds/"},
            at=at,
        )

"""Many addresses of one kind, looked up once: the same as each looked up by itself."""

from django.urls import reverse

from omsorg.kernel.addresses import Addresses


def test_an_address_that_is_filled_in_is_the_one_that_is_looked_up() -> None:
    address = Addresses("plans:answer", "example-plan", ..., ...)
    for organisation in ("tanzania", "Ålesund og omegn", "a.b+c", "50%"):
        assert address(organisation, "2022-H1") == reverse(
            "plans:answer", args=["example-plan", organisation, "2022-H1"]
        )

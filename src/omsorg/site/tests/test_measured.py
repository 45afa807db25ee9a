"""What is sent is measured before it is read: a stranger fills no disk."""

import pytest
from django.test import Client, RequestFactory

from omsorg.site.middleware import LARGEST_FROM_STRANGERS, Measured
from world import World

SIGN_IN = "/account/login/"


def never_read(request: object) -> None:
    raise AssertionError("the body would have been read")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param({"CONTENT_LENGTH": str(LARGEST_FROM_STRANGERS + 1)}, 413, id="too large"),
        pytest.param({"CONTENT_LENGTH": "60000000"}, 413, id="far too large"),
        pytest.param({"CONTENT_LENGTH": "-1"}, 413, id="less than nothing"),
        pytest.param({"CONTENT_LENGTH": "much"}, 413, id="no number"),
        pytest.param({"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}, 411, id="without a length"),
    ],
)
def test_a_body_out_of_measure_is_refused_before_it_is_read(sent: dict[str, str], status: int) -> None:
    request = RequestFactory().generic("POST", SIGN_IN)
    request.META.update(sent)
    assert Measured(never_read)(request).status_code == status  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_file_is_taken_from_those_who_are_known_and_not_from_a_stranger(client: Client, world: World) -> None:
    body = b"--b\r\n\r\n" + b"x" * (LARGEST_FROM_STRANGERS + 1) + b"\r\n--b--\r\n"
    sent = {"data": body, "content_type": "multipart/form-data; boundary=b"}
    assert Client().post(SIGN_IN, **sent).status_code == 413  # type: ignore[arg-type]
    client.force_login(world.account["officer"])
    assert client.post("/me/", **sent).status_code != 413  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_a_page_is_read_or_sent_to_and_nothing_else(client: Client, way: str) -> None:
    assert client.generic(way, "/").status_code == 405

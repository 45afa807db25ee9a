"""The proxies of the guide keep nothing of a child, and hold back whoever sends slowly."""

import re
from pathlib import Path

GUIDE = (Path(__file__).parents[2] / "docs/howto/run.md").read_text(encoding="utf-8")
SIZE = re.compile(r"(\d+)\s*m", re.IGNORECASE)


def _example(mark: str) -> str:
    """The example of the guide that has `mark` in it."""
    [found] = [text for text in re.findall(r"```\w*\n(.*?)```", GUIDE, re.DOTALL) if mark in text]
    return str(found)


def _said(config: str, name: str) -> list[str]:
    return re.findall(rf"^\s*{name}\s+(.+?);?$", config, re.MULTILINE)


def test_nginx_writes_nothing_of_a_child_down_and_gathers_its_words_in_memory() -> None:
    [child] = re.findall(r"location /t/ \{(.*?)\}", _example("proxy_pass"), re.DOTALL)
    assert _said(child, "access_log") == ["off"]
    assert _said(child, "error_log") == ["/dev/null crit"]
    [most], [in_memory] = _said(child, "client_max_body_size"), _said(child, "client_body_buffer_size")
    assert int(SIZE.match(in_memory)[1]) >= int(SIZE.match(most)[1]) > 50  # type: ignore[index]
    assert _said(child, "proxy_max_temp_file_size") == ["0"]
    assert "proxy_request_buffering" not in child


def test_nginx_gives_up_on_slow_senders_and_takes_so_many_calls_of_one_address() -> None:
    config = _example("proxy_pass")
    for name in ("client_header_timeout", "client_body_timeout"):
        assert [int(told.rstrip("s")) <= 60 for told in _said(config, name)] == [True], name
    assert _said(config, "limit_conn") == ["callers 20"]


def test_caddy_logs_no_call_and_hands_on_what_is_whole() -> None:
    config = _example("reverse_proxy")
    assert not re.search(r"^\s*log\b", config, re.MULTILINE)
    assert _said(config, "request_buffers") == _said(config, "max_size") == ["55MB"]
    assert _said(config, "read_body") == ["60s"]

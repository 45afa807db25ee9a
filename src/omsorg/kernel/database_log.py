"""What PostgreSQL's own log would keep: of a statement that fails it writes down the whole text, values included, with
the instant. So that no word of a child lies there in clear, the log is told to be quiet about statements.

Standard library only: the embedded database is started by it before anything is installed.
"""

from collections.abc import Mapping

QUIET: Mapping[str, tuple[str, ...]] = {
    "log_min_messages": ("log", "fatal", "panic"),
    "log_min_error_statement": ("panic",),
    "log_error_verbosity": ("terse",),
    "log_parameter_max_length_on_error": ("0",),
    "log_parameter_max_length": ("0",),
    "log_statement": ("none",),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "log_duration": ("off",),
}
"""Each setting of PostgreSQL (15 to 18) with the values at which no statement and no value is written down. The first
is the one that the house asks for."""


def options() -> str:
    """The settings as options of the server's command line."""
    return " ".join(f"-c {name}={values[0]}" for name, values in QUIET.items())


def loud(shown: Mapping[str, str]) -> list[str]:
    """The settings, as the database shows them, by which its log could keep what somebody wrote."""
    return [f"{name} is {shown[name]}" for name, quiet in QUIET.items() if shown[name] not in quiet]

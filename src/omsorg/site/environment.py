"""What an operator may set, in one place: each field is the environment variable OMSORG_<NAME>."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[3]


class Environment(BaseSettings):
    """Settings of one deployment. Every field has a default that is safe on a laptop, unsafe nowhere."""

    model_config = SettingsConfigDict(env_prefix="OMSORG_", extra="ignore")

    systems: str = Field(
        "plans,ombuds,safeguarding,openness,savings",
        description="Names of the systems that are on, separated by commas.",
    )
    database_url: str = Field(
        "postgresql://omsorg_app@/omsorg",
        description="Where the application reads and writes: a role that owns nothing and bypasses nothing.",
    )
    owner_database_url: str = Field(
        "postgresql://omsorg_owner@/omsorg",
        description="Where migrations run: the role that owns the tables. The serving processes never use it.",
    )
    secret_key: str = Field("", description="Signs sessions and links; made once by the launcher.")
    debug: bool = Field(False, description="Shows faults in the browser; never on a real site.")
    hosts: str = Field("localhost,127.0.0.1,[::1]", description="Names under which the site answers.")
    https: bool = Field(False, description="True behind TLS: cookies are marked secure and HSTS is sent.")
    base_url: str = Field(
        "http://localhost:8000",
        description="Address of the site in everything that leaves it: letters, feeds, documents, links between"
        " languages. Never taken from what a request says.",
    )
    home: Path = Field(
        ROOT / ".omsorg", description="Folder of the deployment: embedded database, evidence files, secret."
    )
    site_name: str = Field("Omsorg", description="Name shown at the top of every page.")
    source_url: str = Field("", description="Where the source code of this very site can be had (AGPL, section 13).")
    example: bool = Field(True, description="Load and show the example federation when the database is empty.")
    smtp_url: str = Field(
        "",
        description="smtp://user:password@host:port; with a user the connection is sealed by STARTTLS; smtps:// for TLS"
        " from the first word; empty writes letters to OMSORG_HOME/mail.",
    )
    mail_from: str = Field("Omsorg <omsorg@localhost>", description="Sender of letters.")
    second_factor_roles: str = Field(
        "housekeeper,publisher,plan_owner,verifier,safeguarding_focal_person,incident_team,ombudsperson,"
        "ombuds_board_member,openness_writer,openness_releaser,openness_teller,savings_field_officer",
        description="Roles whose holders must sign in with a second factor, separated by commas.",
    )
    example_skips_second_factor: bool = Field(
        True,
        description="Lets the invented people of the example federation in without a second factor. Nobody else, ever;"
        " and only while OMSORG_EXAMPLE is on.",
    )
    proxies: int = Field(
        0,
        ge=0,
        description="How many proxies of your own stand in front of the site: their word on who calls is then believed,"
        " so that sign-in is throttled for each caller and not for all at once.",
    )
    sending_seconds: int = Field(
        30,
        ge=2,
        le=600,
        description="How long the site waits for the next byte of what somebody sends, and for a reader to take the"
        " next piece of an answer. After as many seconds 250 bytes a second are asked for, on the average.",
    )
    sending_mb: int = Field(
        128,
        ge=16,
        description="Megabytes of what is being sent that each of the two web processes holds in memory at once. Never"
        " less than twice the largest that may be sent. When it is full, the largest of the line that holds most goes.",
    )
    languages: str = Field("en,da,nb,sv", description="Languages of the interface that are offered.")
    evidence_max_mb: int = Field(20, description="Largest evidence file, in megabytes.")
    import_max_rows: int = Field(20_000, description="Most rows that one imported file may have.")
    grace_days: int = Field(30, description="Days after the end of a period until an answer is late.")
    reminder_days: str = Field("1,7,30", description="Days late on which a reminder is sent.")
    escalate_from_day: int = Field(7, description="From this day late the level above is told as well.")
    reminders_until_day: int = Field(
        90,
        ge=0,
        description="After this day late no letter is written any more; the page still shows the answer as late.",
    )
    coverage_floor_percent: int = Field(
        60, description="Below this share of expected answers a roll-up is shown greyed, with the count."
    )
    api_requests_per_minute: int = Field(
        600, ge=1, description="How often one key may ask the HTTP API within a minute; then it is told to wait."
    )
    ombuds_database_url: str = Field(
        "", description="A database of its own for the ombuds system, on any server; empty: the house's own database."
    )
    ombuds_owner_database_url: str = Field(
        "", description="The same database for the role that migrates it. Needed where the ombuds system has its own."
    )
    ombuds_code_costs: str = Field(
        "8192:1",
        pattern=r"^\d+:\d+(,\d+:\d+)*$",
        description="What each guess of a return code costs: memory in KiB, and passes over it (Argon2id); never under"
        " 8192:1. Several, separated by commas: the first for new codes, the others still open older ones.",
    )
    ombuds_code_signs: int = Field(
        4, ge=4, le=6, description="How many pictures a new return code has; each adds 11 bits. Older codes stay good."
    )
    ombuds_exit_url: str = Field(
        "",
        description="Where a child who leaves in haste lands: a dull public page, as a weather forecast; empty: a blank"
        " page of ours.",
    )
    ombuds_emergency_numbers: str = Field(
        "",
        pattern=r"^(\s*[A-Za-z]{2}\s*:\s*\d{2,6}\s*(,|$))*$",
        description="Emergency numbers that are put right, by country, as TZ:112,KE:999; the others are those that come"
        " with the house.",
    )
    ombuds_largest_mb: int = Field(
        50, ge=2, le=500, description="How many megabytes a child can send at once: words, pictures and voice together."
    )
    ombuds_promise_days: str = Field(
        "national:3,regional:3,global:3,board:3",
        description="Working days within which a person writes to the child, for each level.",
    )
    ombuds_agreement_days: int = Field(
        14,
        ge=1,
        le=90,
        description="Days within which somebody is told without the child's yes, once a second ombudsperson has agreed;"
        " after that it is proposed anew.",
    )
    ombuds_keep_years: int = Field(
        30, ge=1, description="Years that a closed case is kept, so that a child can come back as an adult."
    )
    ombuds_relay_secret: str = Field(
        "",
        pattern=r"^$|^\s*[^\s,]{32,}\s*(,\s*[^\s,]{32,}\s*)*$",
        description="Opens the door for text messages (/t/relay/): at least 32 random letters that the machine which"
        " passes them on knows as well. Empty: there is no such door. Two, separated by a comma, while one takes the"
        " place of the other.",
    )
    ombuds_visit_months: int = Field(
        12,
        ge=1,
        le=120,
        description="Months after which a place that an ombudsperson has been to stands among those to go to again.",
    )
    time_zones: str = Field(
        "",
        description="Time zones of countries that have several, as CD:Africa/Kinshasa; US:America/Chicago. All others"
        " are known. By them a case number has its year, a day has come or not, and a promise to a child is missed.",
    )
    free_days: str = Field(
        "",
        description="Free days by country, as NO:2026-12-24,2026-12-25;EG:fri,sat. Names of days take the place of"
        " Saturday and Sunday there.",
    )
    openness_reply_days: int = Field(
        14, ge=1, description="Days until somebody who wrote back about a published case must have been answered."
    )
    openness_list_days: int = Field(
        180,
        ge=1,
        description="Days after which a list of sponsors and donors is looked through, or brought in anew, before those"
        " on it are told of a case.",
    )
    openness_untold_days: int = Field(
        7,
        ge=0,
        description="Days after a case stands in public when those who tell are reminded of whoever was not reached.",
    )
    openness_hold_notice_days: int = Field(
        14, ge=0, description="How many days before its day of review a held case is written about to those who decide."
    )
    safeguarding_clocks: str = Field(
        "take_up=24h acknowledge=3w triage=5w team=3w plan=10w investigation=60d closure=30d decision=30d write_up=30d",
        description="By when each step of an incident must be done: hours (h), working days (w), days (d) after the"
        " step before it; of take_up, acknowledge and triage after it was received.",
    )
    safeguarding_clocks_national: str = Field("", description="Times that differ for incidents of the national level.")
    safeguarding_clocks_regional: str = Field(
        "investigation=90d", description="Times that differ for incidents of the regional level."
    )
    safeguarding_clocks_international: str = Field(
        "investigation=90d", description="Times that differ for incidents of the international level."
    )
    safeguarding_turn_to: str = Field(
        "",
        description="Whom somebody outside can turn to: shown to whoever raised a concern that nobody here may read,"
        " since everybody who could is named in it. Without it the police and the child protection authority.",
    )
    safeguarding_board_address: str = Field(
        "",
        description="An e-mail address outside the house, as that of the board: asked each day to see to it that"
        " somebody is given the role, where also everybody who gives out roles is named in what nobody may read. No"
        " word of it is in the letter. Without it the log of the server alone says so.",
    )
    safeguarding_reminder_days: str = Field(
        "1,3,7,14,30", description="Days overdue on which a clock of an incident is written about."
    )
    safeguarding_escalate_from_day: int = Field(
        1, description="From this day overdue focal persons one level up are written to as well."
    )
    safeguarding_longest_pause_days: int = Field(
        60,
        ge=1,
        le=366,
        description="For how many days a clock of an incident may stand still, all its stops together.",
    )
    safeguarding_duty_days: int = Field(
        3,
        description="Days until the police are told, or it is decided not to, where triage says it may be a crime.",
    )
    small_cell: int = Field(5, description="Counts of children below this number are not shown in public.")


def database_from_url(url: str) -> dict[str, object]:
    """The Django database settings of a postgresql:// address, with unix socket folders in `?host=`.

    Refuses other kinds of database: row level security, exclusion constraints and triggers are needed.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError(f"Omsorg needs PostgreSQL; the address starts with {parts.scheme!r}.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(options.pop("port", parts.port or "")),
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
    }


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed over. `sealed`: TLS from the first word; `starts_open`: TLS by STARTTLS."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    sealed: bool = False
    starts_open: bool = False


def mail_server_from_url(url: str) -> MailServer:
    """The mail server of an smtp:// or smtps:// address. A password is never said on an open line."""
    if not url:
        return MailServer()
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("OMSORG_SMTP_URL begins with smtp:// or smtps:// and names a host.")
    sealed = parts.scheme == "smtps"
    starts_open = not sealed and bool(parts.username)
    port = parts.port or (465 if sealed else 587 if starts_open else 25)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port, user, password, sealed, starts_open)


def load() -> Environment:
    environment = Environment()  # type: ignore[call-arg]
    if not environment.secret_key:
        environment.secret_key = _secret_of(environment.home)
    return environment


def _secret_of(home: Path) -> str:
    """The secret kept by the launcher; without one (a one-off command) a key for this process alone."""
    kept = home / "secret"
    if kept.is_file():
        return kept.read_text().strip()
    return secrets.token_urlsafe(48)

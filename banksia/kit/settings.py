"""Settings of one installation, read from BANKSIA_* variables; the code never knows which parts are embedded."""

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

SHORTEST_SECRET = 32
PLACEHOLDER = "change-me"
DEMO_PASSWORD = "banksia-demo"  # noqa: S105  (printed on the terminal; production refuses it)


class Settings(BaseSettings):
    """What an operator decides for the whole installation; a council's own settings live in its database rows."""

    model_config = SettingsConfigDict(
        env_prefix="BANKSIA_",
        env_ignore_empty=True,  # containers are handed every variable, also those that nobody has set
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
    )

    environment: Literal["production", "demo", "test"] = "production"
    """production refuses known passwords and shows no caught mail; demo is what `make run` uses."""
    data_dir: Path = Path(".banksia")
    """Where the embedded parts, the local object store and the folder broker keep their data."""
    public_url: str = "http://localhost:8000"
    """Scheme and port that people reach us by; each council's host name replaces the host."""

    database_url: str = "postgresql://banksia_app@localhost/banksia"
    """PostgreSQL as the application's role, which owns nothing and is held by row-level security."""
    database_owner_url: str = ""
    """PostgreSQL as the owner of the tables, for migrations; empty takes the one above."""
    database_pool_size: int = 10
    """Connections that one process keeps; as many again are opened under load."""

    broker_url: str = "filesystem://"
    """`redis://host:6379/0` in production; folders under the data folder by default."""
    broker_visibility_timeout_seconds: int = 3600
    """After this time Redis gives an unfinished message to another worker; longer than any task may take."""
    task_time_limit_seconds: int = 300
    """A task that takes longer is ended and tried again."""
    task_lease_seconds: int = 360
    """How long work belongs to the worker that took it; then the sweeper offers it again."""
    sweep_every_seconds: int = 15
    """How often to look for work whose message was lost."""

    object_store_url: str = ""
    """`s3://bucket/prefix?...` in production; empty keeps objects in the data folder."""
    smtp_url: str = ""
    """`smtp://user:password@host:587`; empty catches mail in the data folder, except in production."""
    mail_from: str = "no-reply@banksia.example"
    """The address that mail comes from; each council adds its name."""
    mail_returns_to: str = ""
    """The mailbox that mail which cannot be delivered returns to; empty takes the address above."""
    bounce_secrets: Annotated[list[SecretStr], NoDecode] = Field(default_factory=list)
    """Comma-separated: whoever reports returned mail sends one of them; empty switches the endpoint off."""

    stripe_secret_key: SecretStr = SecretStr("")
    """Empty switches card payments off."""
    stripe_api_base: str = "https://api.stripe.com"
    """Another server that speaks the same protocol; the demo and the tests set it."""
    stripe_webhook_secrets: Annotated[list[SecretStr], NoDecode] = Field(default_factory=list)
    """Comma-separated: the new secret and, while rotating, the old one; empty switches the endpoint off."""

    timestamp_url: str = ""
    """`https://...` of a time stamp authority (RFC 3161) for signed certificates; empty signs without its stamp."""

    webhooks_to_this_machine: bool = False
    """Whether customers' webhooks may go to http and to this machine itself, as in the demo; never so in production."""

    module_networks: Annotated[list[IPv4Network | IPv6Network], NoDecode] = Field(default_factory=list)
    """Comma-separated networks such as `10.20.0.0/24` where connected modules may be, also by http, beside the public
    internet; every council's administrator can have everything in them called, so keep modules in a network of their
    own."""

    secret_key: SecretStr = SecretStr("")
    """32 or more random characters, the same for every process: it seals the keys and secrets that councils keep, and
    a backup of the database opens none of them without it."""
    trusted_proxies: str = ""
    """Comma-separated addresses or networks whose X-Forwarded-For and -Proto are believed; empty believes nobody."""

    rate_limits: Literal["on", "off"] = "on"
    """off is for load tests."""
    max_upload_bytes: int = 2 * 1024**3
    """The largest file that is taken."""
    fixity_days: int = Field(default=90, ge=1)
    """Every stored file is read again and its hash compared within so many days."""
    clamd_url: str = ""
    """`tcp://host:3310` or `unix:///path` of ClamAV's daemon; empty scans nothing, and files say so."""
    ocr: Literal["on", "off"] = "on"
    """Whether words are read off scanned pages where the programs ocrmypdf and tesseract are installed."""
    ocr_languages: str = "eng"
    """Tesseract's names of the languages that scanned pages are in, such as `eng+ita`."""
    import_folders: Annotated[list[str], NoDecode] = Field(default_factory=list)
    """Comma-separated folders and `s3://bucket/prefix` whose part `/SLUG` a council may watch for files to import."""
    web_dir: Path | None = None
    """Where the built single-page application lies; found beside the package when unset."""

    log_format: Literal["json", "console"] = "json"
    """console is for reading in a terminal."""
    log_level: str = "INFO"
    """DEBUG, INFO, WARNING or ERROR."""
    kill_point: str = ""
    """Test only: the process kills itself when it reaches this named point."""

    @field_validator("stripe_webhook_secrets", "bounce_secrets", "import_folders", "module_networks", mode="before")
    @classmethod
    def split_list(cls, value: object) -> object:
        """Take `a,b` as two; JSON lists in variables are easy to get wrong."""
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("clamd_url")
    @classmethod
    def check_clamd_url(cls, value: str) -> str:
        """A scanner that cannot be reached because of a misspelt address would go unnoticed."""
        parts = urlsplit(value)
        if value and not (parts.scheme == "tcp" and parts.hostname) and not (parts.scheme == "unix" and parts.path):
            message = "BANKSIA_CLAMD_URL is neither tcp://host:3310 nor unix:///path."
            raise ValueError(message)
        return value

    @model_validator(mode="after")
    def refuse_unsafe_production(self) -> Self:
        """In production a secret that nobody can guess is required, and no customer calls this machine."""
        secret = self.secret_key.get_secret_value()
        if self.environment == "production" and (len(secret) < SHORTEST_SECRET or secret.startswith(PLACEHOLDER)):
            state = "not set" if not secret else "too short, or still the one of the example"
            message = (
                f"BANKSIA_SECRET_KEY is {state}. Set it to {SHORTEST_SECRET} or more random characters, the same for "
                "every process."
            )
            raise ValueError(message)
        if self.environment == "production" and self.webhooks_to_this_machine:
            message = (
                "BANKSIA_WEBHOOKS_TO_THIS_MACHINE is for the demo: with it a customer could make this server call its "
                "own network. Take it away."
            )
            raise ValueError(message)
        return self

    @property
    def is_https(self) -> bool:
        """Whether people reach us over TLS; cookies are then Secure."""
        return self.public_url.startswith("https://")

    @property
    def object_store(self) -> str:
        """The object store's URL: a folder of ours unless an S3 one is given."""
        return self.object_store_url or f"file://{(self.data_dir / 'objects').resolve()}"

    @property
    def catches_mail(self) -> bool:
        """Whether mail is kept in a folder and shown at /dev/mail; never so in production."""
        return not self.smtp_url and self.environment != "production"

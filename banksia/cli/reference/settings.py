"""settings.md: every BANKSIA_* variable."""

from typing import Any, get_args

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from banksia.cli.reference.markdown import code, page, table
from banksia.kit.settings import Settings


def describe_settings() -> str:
    """The page, from the class alone: what is set on this machine does not matter."""
    prefix = Settings.model_config["env_prefix"]
    rows = (
        (code(f"{prefix}{name.upper()}"), code(_default(field)), _values(field), field.description or "")
        for name, field in Settings.model_fields.items()
    )
    return page(
        "Settings",
        "Variables of the environment, the same for the API, the worker and the clock. What a council decides for "
        "itself stands under each of the [modules](modules.md).",
        table(("variable", "default", "values", "what it does"), rows),
    )


def _default(field: FieldInfo) -> str:
    value: Any = field.get_default(call_default_factory=True)
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    return "" if value in (None, "", []) else str(value)


def _values(field: FieldInfo) -> str:
    choices = get_args(field.annotation)
    if choices and all(isinstance(choice, str) for choice in choices):
        return ", ".join(code(choice) for choice in choices)
    words: dict[object, str] = {int: "a whole number", bool: "`true` or `false`"}
    return words.get(field.annotation, "")

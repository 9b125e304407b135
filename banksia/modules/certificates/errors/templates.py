"""What can go wrong when a template is edited or printed with."""

from typing import Any

from banksia.kit.errors import Conflict, Invalid, NotFound


class TemplateNotFound(NotFound):
    """The product has no such version, or prints no certificate."""

    title = "Template not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such template. Choose one from the list of certificates.")


class TemplateStale(Conflict):
    """Someone else changed the draft of the template meanwhile."""

    title = "Somebody else changed this template"

    def __init__(self, name: str, version: int) -> None:
        """Tell who, and the version to compare with."""
        super().__init__(
            f"{name} changed this template after you opened it. Copy your text, reload the page, then change it.",
            version=version,
            changed_by=name,
        )


class TemplateInvalid(Invalid):
    """The questions or notes contradict each other; the errors name the fields."""

    title = "Check the questions"


class TemplateRefused(Invalid):
    """A template cannot be printed; `mistakes` say where and why."""

    title = "This template cannot be printed"

    def __init__(self, mistakes: list[dict[str, Any]]) -> None:
        """Take what is wrong, by line and column of the text."""
        errors = [{"field": "content.source", "message": each["message"]} for each in mistakes]
        first = mistakes[0]
        place = f"Line {first['line']}: " if first["line"] else ""
        super().__init__(f"{place}{first['message']}", errors=errors, mistakes=mistakes)


class TemplateUnchanged(Conflict):
    """There is nothing to publish."""

    title = "There is nothing to publish"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The text is the one that is in force. Change it and save, then publish.")


class TemplateChanged(Conflict):
    """Another version of the template came into force after the officer opened the certificate."""

    title = "The template has changed"

    def __init__(self, number: int) -> None:
        """Give the version that is in force."""
        super().__init__(
            f"Version {number} of the template came into force after you opened this certificate. Reload the page and "
            "look at the preview, then go on.",
            template_number=number,
        )


class TemplateBroken(Conflict):
    """What council knows of this land cannot be printed with the template."""

    title = "The template cannot print this certificate"

    def __init__(self, number: int, message: str) -> None:
        """Say what is wrong, and who can put it right."""
        super().__init__(
            f"Version {number} of the template cannot print this certificate: {message} Tell the administrator of "
            "certificates. Nothing was issued."
        )

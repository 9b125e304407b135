"""Applications for tests, each made once: describing two hundred routes to FastAPI takes most of a second."""

from fastapi import FastAPI

from banksia.app import create_app
from banksia.kit.platform import Platform

_KEPT = "testing.app"
_idle: dict[tuple[object, ...], list[FastAPI]] = {}
"""Applications whose platform's test has ended, by all that an application takes from its settings when it is made."""


def app_of_platform(platform: Platform) -> FastAPI:
    """The application of a platform: the one it has, one that a test with the same settings left, or a new one."""
    if _KEPT not in platform.kept:
        fixed_by = _fixed_by(platform)
        idle = _idle.setdefault(fixed_by, [])
        app = idle.pop() if idle else create_app(platform=platform)
        app.state.platform = platform
        platform.kept[_KEPT] = app, fixed_by
    kept: FastAPI = platform.kept[_KEPT][0]
    return kept


def leave_app(platform: Platform) -> None:
    """Leave a platform's application to the next test."""
    if _KEPT in platform.kept:
        app, fixed_by = platform.kept.pop(_KEPT)
        _idle[fixed_by].append(app)


def _fixed_by(platform: Platform) -> tuple[object, ...]:
    settings = platform.settings
    return (
        id(platform.modules),
        settings.is_https,
        settings.catches_mail,
        settings.data_dir,
        settings.web_dir,
        settings.kill_point,
    )

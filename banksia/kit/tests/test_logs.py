"""What is written into a log."""

import io
from typing import Literal

import pytest
import structlog

from banksia.kit.logs import SHARED, renderers


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_a_traceback_tells_no_values(log_format: Literal["json", "console"]) -> None:
    written = io.StringIO()
    log = structlog.wrap_logger(structlog.WriteLogger(file=written), processors=[*SHARED, *renderers(log_format)])

    def sign_in(password: str) -> None:
        raise RuntimeError(str(len(password)))

    try:
        sign_in("hunter" + str(2))
    except RuntimeError:
        log.exception("sign_in_failed")
    assert "sign_in_failed" in written.getvalue()
    assert "RuntimeError" in written.getvalue()
    assert "hunter2" not in written.getvalue()

"""One line a fact: JSON for machines, or coloured words on a terminal."""

import logging
import sys
from typing import Literal

import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import Processor

from banksia.kit.settings import Settings

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def renderers(log_format: Literal["json", "console"]) -> list[Processor]:
    """What writes a line. A traceback names code and never what its variables held: people's data, and passwords."""
    if log_format == "json":
        traces = ExceptionDictTransformer(show_locals=False)
        return [structlog.processors.ExceptionRenderer(traces), structlog.processors.JSONRenderer()]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]


def configure(settings: Settings) -> None:
    """Set up logging for this process, once, at its start; libraries' own lines go the same way."""
    level = logging.getLevelNamesMapping().get(settings.log_level.upper(), logging.INFO)
    end = renderers(settings.log_format)
    structlog.configure(
        processors=[*SHARED, *end],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *end]
        )
    )
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)

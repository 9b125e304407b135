"""Reading what came from anywhere: each file in a process of its own, with limits on all that it takes."""

from banksia.modules.files.adapters.reading.confined import LIMITS, Limits, Reading, draw_page, read_file, unavailable
from banksia.modules.files.adapters.reading.found import MOST_CHARACTERS, clean

__all__ = ["LIMITS", "MOST_CHARACTERS", "Limits", "Reading", "clean", "draw_page", "read_file", "unavailable"]

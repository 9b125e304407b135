"""What is found out about bytes after they are safe: nothing here can refuse or lose a document."""

from banksia.modules.files.service.processing.catching_up import catch_up
from banksia.modules.files.service.processing.ocr import ocr_progress, read_scans
from banksia.modules.files.service.processing.reading import process_content
from banksia.modules.files.service.processing.viruses import look_for_viruses

__all__ = ["catch_up", "look_for_viruses", "ocr_progress", "process_content", "read_scans"]

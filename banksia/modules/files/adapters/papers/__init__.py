"""Papers about documents: the certificate of their destruction, and who had them."""

from banksia.modules.files.adapters.papers.drawing import Paper, Section, draw_paper

__all__ = ["Paper", "Section", "draw_paper"]

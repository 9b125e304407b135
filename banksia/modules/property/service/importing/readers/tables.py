"""Text tables by field: what the readers of addresses, owners and attributes share."""

import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from banksia.modules.property.service.importing.options import Rejected
from banksia.modules.property.service.importing.readers.contents import Contents
from banksia.modules.property.service.importing.readers.fields import Synonyms, known_names, map_columns
from banksia.modules.property.service.importing.readers.texts import MAX_CELL, shortened, text_form, text_rows

ENDINGS: Final = (".csv", ".txt", ".psv", ".tsv", ".tab", ".dat")


class Table:
    """A delimited text file whose columns are known by field."""

    def __init__(self, path: Path, synonyms: Synonyms, mapping: Mapping[str, str]) -> None:
        """Find out the form and the columns; raises ImportRefused for no text and for a mapping that does not fit."""
        self.contents = Contents(path)
        self.name = self.contents.only(*ENDINGS)
        self.contents.expect([self.name])
        self.form = text_form(self.contents, self.name, lambda names: known_names(names, synonyms, mapping))
        self.columns = map_columns(self.form.header, mapping, synonyms)
        self.places = tuple(self.columns.places.items())

    def raw(self) -> Iterator[tuple[int, list[str]] | Rejected]:
        """Rows as they stand in the file."""
        return text_rows(self.contents, self.name, self.form)

    def rows(self) -> Iterator[tuple[int, dict[str, str]] | Rejected]:
        """Rows by field."""
        for row in self.raw():
            yield row if isinstance(row, Rejected) else self.by_field(*row)

    def by_field(self, line: int, cells: list[str]) -> tuple[int, dict[str, str]] | Rejected:
        """The cells of one row by field, without the empty ones, spaces made single."""
        found: dict[str, str] = {}
        width = len(cells)
        for field, place in self.places:
            if place >= width or not (value := cells[place]):
                continue
            if not value.isprintable():
                value = " ".join(value.split())
                if not value.isprintable():
                    reason = "A cell has characters that cannot be read."
                    return Rejected(line, reason, repr(value[:100]))
            if "\ufffd" in value:
                return Rejected(line, "A cell has characters that cannot be read.", repr(value[:100]))
            if len(value) > MAX_CELL:
                return Rejected(line, f"A cell has more than {MAX_CELL} characters.", value[:100])
            value = value.strip()
            if value:
                found[field] = " ".join(value.split()) if "  " in value else value
        return line, found

    def sample(self, number: int) -> list[dict[str, str]]:
        """The first rows by field, those that can be read."""
        looking = Contents(self.contents.path)
        rows = text_rows(looking, self.name, self.form)
        read = (self.by_field(*row) for row in rows if not isinstance(row, Rejected))
        return [row[1] for row in itertools.islice(read, number) if not isinstance(row, Rejected)]

    def shown(self, cells: list[str]) -> str:
        """A row as a list of rejected rows shows it."""
        return shortened(cells)

"""Many certificates at once: a table in, a verdict on each row, and one order for each matter."""

from banksia.modules.certificates.service.bulk.matching import check_rows
from banksia.modules.certificates.service.bulk.placing import place_in_bulk
from banksia.modules.certificates.service.bulk.reading import TEMPLATE, read_table

__all__ = ["TEMPLATE", "check_rows", "place_in_bulk", "read_table"]

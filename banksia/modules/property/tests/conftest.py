"""What the module's tests share."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.modules.property.service.importing import ImportOptions, ImportReport, import_addresses

Importer = Callable[..., ImportReport]


@pytest.fixture
def import_csv(session: Session, organisation: Council, tmp_path: Path) -> Importer:
    """Import the lines of a CSV, its header first: `import_csv("address,lot,plan", "6 X ST LITHGOW,1,DP9")`."""

    def run(*lines: str, **options: object) -> ImportReport:
        path = tmp_path / "register.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        given = ImportOptions(**{"report": tmp_path / "rejected.csv", **options})  # type: ignore[arg-type]
        return import_addresses(session, Actor.system(organisation.id), path, given)

    return run

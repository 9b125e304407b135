"""Work that follows a commit; decides nothing."""

import uuid

from banksia.kit.database import Transactions
from banksia.kit.tasks import task
from banksia.modules.certificates.service import issuing


@task(transactions=True)
def finish_issuing(transactions: Transactions, *, issuance_id: uuid.UUID) -> None:
    """Draw, store and record a certificate whose issuing was decided and not carried out."""
    issuing.finish_issuing(transactions, issuance_id=issuance_id)

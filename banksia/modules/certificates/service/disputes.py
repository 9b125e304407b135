"""What certificates say when a payer's bank wants the money back: who ordered, drafted, issued and downloaded what."""

from sqlalchemy.orm import Session

from banksia.foundation.payments.public import PaymentDisputed, add_evidence_subjects
from banksia.kit.database import organisation_id_of
from banksia.modules.certificates.queries.certificates import certificates_of_lines
from banksia.modules.certificates.queries.lines import lines_of_order
from banksia.modules.certificates.queries.upgrades import upgrade_with_id
from banksia.modules.certificates.service.upgrading import UPGRADE
from banksia.modules.certificates.service.working import ORDER


def show_what_was_delivered(session: Session, event: PaymentDisputed) -> None:
    """Name an order's lines and certificates to the dispute, so that what was done with them stands in its evidence.

    The order itself shows that it is disputed for as long as payments say so; its work goes on.
    """
    organisation_id = organisation_id_of(session)
    order_id = event.payable_id if event.payable_kind == ORDER else None
    if event.payable_kind == UPGRADE:
        upgrade = session.scalar(upgrade_with_id(organisation_id, event.payable_id))
        order_id = upgrade.order_id if upgrade else None
    if order_id is None:
        return
    line_ids = [line.id for line in session.scalars(lines_of_order(organisation_id, order_id))]
    certificates = session.scalars(certificates_of_lines(organisation_id, line_ids))
    subject_ids = [*line_ids, *(certificate.id for certificate in certificates)]
    add_evidence_subjects(session, payable=event.payable, subject_ids=subject_ids)

"""How long a customer can download a certificate again: to the end of the last day in the council's time."""

from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import module_settings, update_module_settings
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.errors import DownloadOver
from banksia.modules.certificates.models import Certificate, Order
from banksia.modules.certificates.queries.certificates import certificates_of_lines
from banksia.modules.certificates.service import download_rule
from banksia.modules.certificates.service.downloading import download_certificate
from banksia.modules.certificates.service.exporting import zip_of_order
from banksia.modules.certificates.service.reading import read_order
from banksia.modules.certificates.settings import CertificatesSettings
from banksia.modules.certificates.tests.factories import make_certificate, make_order

ISSUED = datetime(2026, 11, 25, 12, 59, tzinfo=UTC)  # 11:59 pm on the 25th in New South Wales
OVER = datetime(2026, 12, 25, 13, tzinfo=UTC)  # midnight after the 25th of December there
SECOND = timedelta(seconds=1)


@pytest.fixture
def order(session: Session, customer: Actor, officer: Actor, administrator: Actor) -> Order:
    """An order with two certificates, one of them issued ten days later; customers have 30 days."""
    values = {**module_settings(session, CertificatesSettings).model_dump(mode="json"), "download_days": 30}
    update_module_settings(session, administrator, name="certificates", values=values)
    order = make_order(session, customer, "603", "735A", email=customer.email)
    for place, line in enumerate(order.lines):
        line.state = "issued"
        issued_at = ISSUED + timedelta(days=10 * place)
        make_certificate(session, line, officer, number=f"N/{place}", issued_at=issued_at)
    session.flush()
    return order


def first_of(session: Session, order: Order) -> Certificate:
    found = certificates_of_lines(order.organisation_id, [order.lines[0].id])
    return session.scalars(found).one()


class TestDownloadRule:
    def test_ends_at_midnight_in_the_council_for_the_customer_and_never_for_staff(
        self, session: Session, order: Order, customer: Actor, officer: Actor, guest: Actor
    ) -> None:
        certificate = first_of(session, order)

        def take(actor: Actor, at: datetime) -> str:
            with patch.object(download_rule, "utc_now", lambda: at):
                return download_certificate(session, actor, order=order, certificate_id=certificate.id).file_name

        assert take(customer, OVER - SECOND) == take(officer, OVER + timedelta(days=900))
        for actor in (customer, guest):
            with pytest.raises(DownloadOver, match=r"until 25 December 2026\. Ask council for it"):
                take(actor, OVER)

    def test_the_order_says_until_when(self, session: Session, order: Order, customer: Actor) -> None:
        with patch.object(download_rule, "utc_now", lambda: OVER):
            lines = read_order(session, customer, order).lines
        shown = [(each.can_download, each.downloads_end_on) for line in lines for each in line.certificates]
        assert shown == [(False, date(2026, 12, 25)), (True, date(2027, 1, 4))]

    def test_the_zip_has_what_can_still_be_taken(
        self, session: Session, order: Order, customer: Actor, officer: Actor
    ) -> None:
        session.commit()

        def names(actor: Actor, at: datetime) -> list[str]:
            with patch.object(download_rule, "utc_now", lambda: at):
                found = zip_of_order(Transactions(platform_of(session), actor), order_id=order.id, token=None)
            return sorted(member.name.partition(" ")[0] for member in found.members)

        assert names(customer, OVER - SECOND) == ["N-0", "N-1"]
        assert names(customer, OVER) == ["N-1"]
        assert names(officer, OVER + timedelta(days=900)) == ["N-0", "N-1"]
        with pytest.raises(DownloadOver):
            names(customer, OVER + timedelta(days=11))

    def test_without_a_period_it_is_always(self, session: Session, customer: Actor, officer: Actor) -> None:
        order = make_order(session, customer, "603", email=customer.email)
        make_certificate(session, order.lines[0], officer, issued_at=ISSUED - timedelta(days=4000))
        [certificate] = read_order(session, customer, order).lines[0].certificates
        assert (certificate.can_download, certificate.downloads_end_on) == (True, None)

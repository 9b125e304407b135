"""The ways to pay that a council takes."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import module_settings
from banksia.foundation.payments.errors import MethodNotTaken, OnlinePaymentOff
from banksia.foundation.payments.models import Account, Method
from banksia.foundation.payments.queries.accounts import open_accounts
from banksia.foundation.payments.service.provider_accounts import is_online
from banksia.foundation.payments.service.surcharges import all_basis_points
from banksia.foundation.payments.settings import PaymentsSettings
from banksia.kit.database import organisation_id_of

_WORDS = {
    Method.CARD: "card, online",
    Method.CASH: "cash",
    Method.EFTPOS: "EFTPOS",
    Method.CHEQUE: "cheque",
    Method.ACCOUNT: "account",
}


@dataclass(frozen=True)
class WayToPay:
    """A way to pay that is taken today, and what it costs on top in hundredths of a percent."""

    method: str
    surcharge_basis_points: int


def methods_taken(session: Session) -> list[Method]:
    """What the council takes today: card online, what its counters take, and account when a firm has one."""
    settings = module_settings(session, PaymentsSettings)
    taken = [method for method in _WORDS if getattr(settings, f"takes_{method}")]
    if Method.ACCOUNT in taken and not _has_accounts(session):
        taken.remove(Method.ACCOUNT)
    if Method.CARD in taken and not is_online(session):
        taken.remove(Method.CARD)
    return taken


def takes_card_online(session: Session) -> bool:
    """Whether anybody can pay on a page of the provider today; asks for less than all methods do."""
    return module_settings(session, PaymentsSettings).takes_card and is_online(session)


def _has_accounts(session: Session) -> bool:
    accounts = open_accounts(organisation_id_of(session)).with_only_columns(Account.id).limit(1)
    return session.scalar(accounts) is not None


def ways_to_pay(session: Session) -> list[WayToPay]:
    """The methods that are taken, each with its surcharge of today."""
    surcharges = all_basis_points(session)
    return [WayToPay(str(method), surcharges.get(method, 0)) for method in methods_taken(session)]


def check_taken(session: Session, method: str) -> None:
    """Refuse, in words, a way to pay that the council has switched off.

    Raises OnlinePaymentOff for the card online, MethodNotTaken for what is handed over.
    """
    if getattr(module_settings(session, PaymentsSettings), f"takes_{method}"):
        return
    if method == Method.CARD:
        raise OnlinePaymentOff
    raise MethodNotTaken(_WORDS[Method(method)])

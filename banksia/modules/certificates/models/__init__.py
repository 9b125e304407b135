"""Tables in the schema "certificates"."""

from banksia.modules.certificates.models.batches import BatchLineState, IssueBatch, IssueBatchLine
from banksia.modules.certificates.models.certificates import Certificate, Draft, Issuance
from banksia.modules.certificates.models.delivery import DeliveryStep, DeliveryStepKind
from banksia.modules.certificates.models.messages import Message, MessageFile
from banksia.modules.certificates.models.orders import (
    ENDED_WITHOUT,
    FINISHED_STATES,
    OPEN_STATES,
    STATES,
    Channel,
    LineState,
    LineTerm,
    LineTransition,
    NumberSeries,
    Order,
    OrderLine,
    OrderToken,
    PlacementKey,
    ReplacedBecause,
)
from banksia.modules.certificates.models.products import Product, ProductFee, ProductKind
from banksia.modules.certificates.models.saved_filters import FilterPlace, SavedFilter
from banksia.modules.certificates.models.signing import SigningKey
from banksia.modules.certificates.models.straight_through import StraightThroughDecision, StraightThroughRules
from banksia.modules.certificates.models.teams import Team
from banksia.modules.certificates.models.templates import TemplateDraft, TemplateVersion
from banksia.modules.certificates.models.upgrades import LineUpgrade, UpgradeState

__all__ = [
    "ENDED_WITHOUT",
    "FINISHED_STATES",
    "OPEN_STATES",
    "STATES",
    "BatchLineState",
    "Certificate",
    "Channel",
    "DeliveryStep",
    "DeliveryStepKind",
    "Draft",
    "FilterPlace",
    "Issuance",
    "IssueBatch",
    "IssueBatchLine",
    "LineState",
    "LineTerm",
    "LineTransition",
    "LineUpgrade",
    "Message",
    "MessageFile",
    "NumberSeries",
    "Order",
    "OrderLine",
    "OrderToken",
    "PlacementKey",
    "Product",
    "ProductFee",
    "ProductKind",
    "ReplacedBecause",
    "SavedFilter",
    "SigningKey",
    "StraightThroughDecision",
    "StraightThroughRules",
    "Team",
    "TemplateDraft",
    "TemplateVersion",
    "UpgradeState",
]

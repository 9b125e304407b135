"""The council's rules for issuing without an officer, as an administrator reads and changes them."""

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import module_settings
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.models import new_id
from banksia.modules.certificates.errors.straight_through import RulesInvalid, RulesStale
from banksia.modules.certificates.models import Product, StraightThroughRules
from banksia.modules.certificates.queries.products import products_of
from banksia.modules.certificates.queries.straight_through import rules_of
from banksia.modules.certificates.schemas.straight_through import (
    RuledAttribute,
    RuledProduct,
    Rules,
    RulesRead,
    RulesShown,
    RulesUpdate,
)
from banksia.modules.certificates.service.answers import fill
from banksia.modules.certificates.service.versions import template_of_product
from banksia.modules.certificates.settings import CertificatesSettings
from banksia.modules.property.public import DefinedAttribute, defined_attributes

YES_OR_NO = ["Yes", "No"]


def rules_in_force(session: Session, actor: Actor) -> Rules:
    """The rules as they are; a council that saved none issues nothing without an officer."""
    row = session.scalar(rules_of(actor.organisation_id))
    return Rules.model_validate(row.rules) if row else Rules()


def read_rules(session: Session, actor: Actor) -> RulesRead:
    """Return the rules with the products and attributes that they can name."""
    return _read(session, actor, session.scalar(rules_of(actor.organisation_id)))


def update_rules(session: Session, actor: Actor, *, changes: RulesUpdate) -> RulesRead:
    """Change the rules from now on; raises RulesStale and RulesInvalid."""
    row = session.scalar(rules_of(actor.organisation_id).with_for_update().execution_options(populate_existing=True))
    if (row.version if row else 0) != changes.version:
        raise RulesStale(row.version if row else 0)
    rules = Rules.model_validate(changes.model_dump(exclude={"version"}))
    _check(session, actor, rules)
    if row is None:
        row = StraightThroughRules(id=new_id(), organisation_id=actor.organisation_id, rules={}, version=0)
        session.add(row)
    before, row.rules = row.rules, rules.model_dump(mode="json")
    row.version += 1
    row.changed_at, row.changed_by_name = utc_now(), actor.name
    changed = {name: value for name, value in row.rules.items() if before.get(name) != value}
    audit.record(session, actor, "certificates.straight_through_rules_changed", subject=row, detail=changed)
    session.flush()
    return _read(session, actor, row)


def _check(session: Session, actor: Actor, rules: Rules) -> None:
    """Refuse what names nothing, or a product that an officer always looks at."""
    products = {product.code: product for product in session.scalars(products_of(actor.organisation_id))}
    attributes = {each.code for each in _named(session)}
    errors = [*_wrong_products(rules, products), *_wrong_attributes(rules, attributes)]
    if errors:
        raise RulesInvalid(errors[0]["message"], errors=errors)


def _wrong_products(rules: Rules, products: Mapping[str, Product]) -> Iterator[dict[str, str]]:
    for index, code in enumerate(rules.products):
        product = products.get(code)
        if product is None or product.kind != "sale":
            yield _error(f"products.{index}", f"{code} is no product that the council sells.")
        elif product.needs_check:
            message = f"A second officer checks each {product.title}. Switch that off for the product first."
            yield _error(f"products.{index}", message)
    for index, pause in enumerate(rules.pauses):
        if pause.product is not None and pause.product not in products:
            yield _error(f"pauses.{index}.product", f"{pause.product} is no product of the catalogue.")


def _wrong_attributes(rules: Rules, attributes: set[str]) -> Iterator[dict[str, str]]:
    named = [(f"ages.{index}.attribute", age.attribute) for index, age in enumerate(rules.ages)]
    named += [(f"flags.{index}.attribute", flag.attribute) for index, flag in enumerate(rules.flags)]
    for field, code in named:
        if code not in attributes:
            yield _error(field, f"The council records no attribute with the code {code}.")
    twice = [age.attribute for age in rules.ages]
    for index, code in enumerate(twice):
        if code in twice[:index]:
            yield _error(f"ages.{index}.attribute", "This attribute has an age already. Remove one of the two.")


def _error(field: str, message: str) -> dict[str, str]:
    return {"field": field, "message": message}


def _read(session: Session, actor: Actor, row: StraightThroughRules | None) -> RulesRead:
    names = _named(session)
    standards = module_settings(session, CertificatesSettings).standard_answers
    sold = [product for product in session.scalars(products_of(actor.organisation_id)) if product.kind == "sale"]
    return RulesRead(
        rules=RulesShown.model_validate(row.rules) if row else RulesShown(),
        version=row.version if row else 0,
        changed_at=row.changed_at if row else None,
        changed_by_name=row.changed_by_name if row else None,
        products=[_read_product(session, product, names, standards) for product in sold],
        attributes=[RuledAttribute(code=each.code, title=each.title, values=_values(each)) for each in names],
    )


def _named(session: Session) -> list[DefinedAttribute]:
    """The attributes that the council records; retired ones cannot be named."""
    return [each for each in defined_attributes(session) if not each.is_retired]


def _read_product(
    session: Session, product: Product, names: list[DefinedAttribute], standards: Mapping[str, str]
) -> RuledProduct:
    recorded = {each.code for each in names}
    template = template_of_product(session, product)
    asked = [question.attribute or question.key for question in template.questions]
    unanswered = [
        each.question.label
        for _, filled in fill(template, standards, {})
        for each in filled
        if each.answer is None and (each.question.attribute or each.question.key) not in recorded
    ]
    return RuledProduct(
        code=product.code,
        title=product.title,
        needs_check=product.needs_check,
        attributes=[code for code in asked if code in recorded],
        unanswered=unanswered,
    )


def _values(attribute: DefinedAttribute) -> list[str]:
    return YES_OR_NO if attribute.kind == "yes_no" else attribute.choices

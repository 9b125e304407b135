"""A template that is published while certificates are made: nothing changes by itself, and everything is told."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from banksia.foundation.storage.public import find_object, open_object
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.adapters.certificate_pdf import render_certificate
from banksia.modules.certificates.errors import CheckedChanged, DraftStale, TransitionRefused
from banksia.modules.certificates.errors.templates import TemplateBroken, TemplateChanged
from banksia.modules.certificates.models import Certificate, OrderLine
from banksia.modules.certificates.queries.certificates import certificates_of_lines
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.schemas.lines import DraftRead, DraftUpdate
from banksia.modules.certificates.service.assigning import assign_line
from banksia.modules.certificates.service.checking import check_line, send_back, send_to_check
from banksia.modules.certificates.service.drafting import draft_document, preview, read_draft, save_draft
from banksia.modules.certificates.service.issuing import issue_certificate
from banksia.modules.certificates.service.printing import document_from
from banksia.modules.certificates.service.renewing import take_newest_template
from banksia.modules.certificates.service.templates import read_template
from banksia.modules.certificates.tests.factories import complete_draft, make_order, pay
from banksia.modules.certificates.tests.test_certificate_pdf import words
from banksia.modules.certificates.tests.test_templates import publish


@pytest.fixture
def line(session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]) -> OrderLine:
    """A paid line of a 603 certificate."""
    order = make_order(session, guest, "603")
    pay(session, actor_with("counter_clerk"), order, run_outbox)
    return session.scalars(order_with_id(guest.organisation_id, order.id)).one().lines[0]


def issue(session: Session, officer: Actor, line: OrderLine, version: int, template: int | None = None) -> DraftRead:
    session.flush()
    transactions = Transactions(platform_of(session), officer)
    read = issue_certificate(transactions, line_id=line.id, version=version, template_number=template)
    session.expire_all()
    return read


def newest(session: Session, line: OrderLine) -> Certificate:
    return session.scalars(certificates_of_lines(line.organisation_id, [line.id])).all()[0]


def bytes_of(session: Session, certificate: Certificate) -> bytes:
    stored = find_object(session, certificate.object_id)
    assert stored is not None
    return b"".join(open_object(platform_of(session), stored))


class TestNewerTemplate:
    def test_leaves_what_is_drafted_as_it_is_until_the_officer_takes_it(
        self, session: Session, officer: Actor, administrator: Actor, line: OrderLine
    ) -> None:
        version = complete_draft(session, officer, line)
        publish(session, administrator, "In new words.\n#sections()")
        draft = read_draft(session, officer, line_id=line.id)
        assert (draft.template_number, draft.newer_template, draft.version) == (0, 1, version)
        assert "In new words." not in words(preview(draft_document(session, officer, line_id=line.id)))
        taken = take_newest_template(session, officer, line_id=line.id, version=version, template_number=1)
        assert (taken.template_number, taken.newer_template, taken.open_count) == (1, None, 0)
        assert taken.version == version + 1
        assert "In new words." in words(preview(draft_document(session, officer, line_id=line.id)))

    def test_is_not_in_what_is_issued_unless_it_was_taken(
        self, session: Session, officer: Actor, administrator: Actor, line: OrderLine
    ) -> None:
        version = complete_draft(session, officer, line)
        publish(session, administrator, "In new words.\n#sections()")
        issue(session, officer, line, version, template=0)
        certificate = newest(session, line)
        assert certificate.document["body"] is None
        assert "In new words." not in words(bytes_of(session, certificate))

    def test_a_certificate_names_its_version_and_is_drawn_again_to_the_same_bytes(
        self, session: Session, officer: Actor, administrator: Actor, line: OrderLine
    ) -> None:
        publish(session, administrator, 'For #data.order.applicant, zone #attribute("zone").\n#sections()')
        issue(session, officer, line, complete_draft(session, officer, line), template=1)
        certificate = newest(session, line)
        assert certificate.document["body"]["number"] == 1
        drawn = bytes_of(session, certificate)
        assert "For Dale & Kaur Lawyers, zone not recorded by council." in words(drawn)
        publish(session, administrator, "Later.\n#sections()")
        assert render_certificate(document_from(json.loads(json.dumps(certificate.document)))) == drawn

    def test_what_nobody_saved_is_not_issued_with_a_template_that_nobody_saw(
        self, session: Session, officer: Actor, administrator: Actor, line: OrderLine
    ) -> None:
        assign_line(session, officer, line_id=line.id, officer_id=officer.user_id)
        publish(session, administrator, "In new words.\n#sections()")
        with pytest.raises(TemplateChanged):
            issue(session, officer, line, 0, template=0)
        changes = DraftUpdate(version=0, answers={}, template_number=0)
        with pytest.raises(TemplateChanged):
            save_draft(session, officer, line_id=line.id, changes=changes)

    def test_keeps_answers_that_still_fit_and_asks_the_rest_anew(
        self, session: Session, officer: Actor, administrator: Actor, line: OrderLine
    ) -> None:
        version = complete_draft(session, officer, line)
        content = read_template(session, administrator, code="603").content
        category = content.sections[1].questions[0]
        asked = category.model_copy(update={"kind": "choice", "yes": "It is.", "no": "It is not."})
        sections = [
            content.sections[0],
            content.sections[1].model_copy(update={"questions": [asked]}),
            content.sections[2],
        ]
        publish(session, administrator, content.source, sections=sections)
        taken = take_newest_template(session, officer, line_id=line.id, version=version, template_number=1)
        assert [field.key for section in taken.sections for field in section.fields if field.is_unknown] == [
            "rating_category"
        ]


class TestSecondOfficer:
    def test_checks_the_template_too(
        self,
        session: Session,
        officer: Actor,
        administrator: Actor,
        actor_with: Callable[..., Actor],
        line: OrderLine,
    ) -> None:
        version = complete_draft(session, officer, line)
        send_to_check(session, officer, line_id=line.id, version=version)
        publish(session, administrator, "In new words.\n#sections()")
        second = actor_with("certificate_officer")
        check_line(session, second, line_id=line.id)
        with pytest.raises(TransitionRefused), session.begin_nested():
            take_newest_template(session, officer, line_id=line.id, version=version, template_number=1)
        send_back(session, second, line_id=line.id, reason="Take the new template.")
        taken = take_newest_template(session, officer, line_id=line.id, version=version, template_number=1)
        send_to_check(session, officer, line_id=line.id, version=taken.version)
        check_line(session, second, line_id=line.id)
        reference = line.order.reference
        line.order.reference = "Another"
        with pytest.raises(CheckedChanged):
            issue(session, officer, line, taken.version)
        line.order.reference = reference
        assert issue(session, officer, line, taken.version).line.state == "issued"


class TestRefusals:
    def test_taking_a_template_is_refused_when_the_draft_or_the_template_moved_on(
        self, session: Session, officer: Actor, administrator: Actor, line: OrderLine
    ) -> None:
        version = complete_draft(session, officer, line)
        publish(session, administrator, "First.\n#sections()")
        publish(session, administrator, "Second.\n#sections()")
        with pytest.raises(DraftStale):
            take_newest_template(session, officer, line_id=line.id, version=version + 1, template_number=2)
        with pytest.raises(TemplateChanged):
            take_newest_template(session, officer, line_id=line.id, version=version, template_number=1)

    def test_what_cannot_be_drawn_is_not_issued(
        self, session: Session, officer: Actor, administrator: Actor, line: OrderLine
    ) -> None:
        only_this_land = '#if data.property.assessment == "104882" { panic("Not for this land.") }\n#sections()'
        publish(session, administrator, only_this_land)
        version = complete_draft(session, officer, line)
        with pytest.raises(TemplateBroken, match="Not for this land"):
            issue(session, officer, line, version)
        assert read_draft(session, officer, line_id=line.id).line.state == "drafted"
        assert session.scalars(certificates_of_lines(line.organisation_id, [line.id])).all() == []

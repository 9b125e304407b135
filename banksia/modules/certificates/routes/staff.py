"""What officers and counter clerks do: the queue, drafts, issuing, and payment at the counter."""

import uuid
from typing import Annotated

from fastapi import Query
from fastapi.responses import Response

from banksia.foundation.payments import public as payments
from banksia.foundation.storage.public import BytesMissing, StorageUnavailable
from banksia.kit.routing import ActorDep, Router, SessionDep, TransactionsDep
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors import (
    AnswerInvalid,
    CheckedChanged,
    CheckMissing,
    DraftIncomplete,
    DraftStale,
    IssueInProgress,
    LineNotFound,
    OfficerNotFound,
    OrderNotFound,
    OrderNotPaid,
    OrderNotPayable,
    OwnWork,
    TransitionRefused,
)
from banksia.modules.certificates.errors.acting import (
    CertificateStands,
    KnownChanged,
    NothingReplaced,
    OfficerChanged,
)
from banksia.modules.certificates.errors.signing import SigningCertificateEnded, SigningKeyUnreadable
from banksia.modules.certificates.errors.teams import TeamNotFound
from banksia.modules.certificates.errors.templates import TemplateBroken, TemplateChanged
from banksia.modules.certificates.routes.documents import PDF
from banksia.modules.certificates.schemas.acting import (
    LineAssign,
    LineCheck,
    LineHold,
    LineIssue,
    LineKeep,
    LineRefuse,
    LineReplace,
    LinesAssign,
    LinesAssigned,
    LineSendBack,
    LineTemplate,
)
from banksia.modules.certificates.schemas.lines import (
    DraftRead,
    DraftUpdate,
    NextLine,
    QueueCounts,
    QueueFilter,
    QueueLineRead,
    QueuePage,
)
from banksia.modules.certificates.schemas.officers import OfficerList
from banksia.modules.certificates.schemas.orders import CounterPaymentCreate, CounterPaymentRead
from banksia.modules.certificates.schemas.teams import WantedTeam
from banksia.modules.certificates.service import (
    assigning,
    checking,
    drafting,
    holding,
    issuing,
    paying,
    queue,
    renewing,
    replacing,
)
from banksia.modules.certificates.service.attaching import with_pages

staff = Router()


@staff.get("/lines", permission=permissions.ORDERS_READ, raises=[TeamNotFound])
def list_lines(session: SessionDep, actor: ActorDep, wanted: Annotated[QueueFilter, Query()]) -> QueuePage:
    """One page of the queue; by due day, what is late comes first."""
    return queue.list_lines(session, actor, wanted=wanted)


@staff.get("/lines/counts", permission=permissions.ORDERS_READ, raises=[TeamNotFound])
def count_lines(session: SessionDep, actor: ActorDep, team: WantedTeam = None) -> QueueCounts:
    """How many lines each view of the queue has."""
    return queue.count_lines(session, actor, team=team)


@staff.post("/lines/next", permission=permissions.LINES_PREPARE)
def start_next_line(session: SessionDep, actor: ActorDep) -> NextLine:
    """The line to work on next, taken if nobody had it."""
    return assigning.next_line(session, actor)


@staff.get("/officers", permission=permissions.ORDERS_READ)
def list_officers(session: SessionDep) -> OfficerList:
    """Everyone who prepares certificates."""
    return queue.list_officers(session)


@staff.get("/lines/{line_id}", permission=permissions.ORDERS_READ, raises=[LineNotFound])
def read_draft(session: SessionDep, actor: ActorDep, line_id: uuid.UUID) -> DraftRead:
    """A line with its draft, its history and what issuing it will do."""
    return drafting.read_draft(session, actor, line_id=line_id)


@staff.post(
    "/lines/{line_id}/assign",
    permission=permissions.LINES_PREPARE,
    raises=[LineNotFound, OfficerNotFound, OfficerChanged, TransitionRefused, IssueInProgress],
)
def assign_line(session: SessionDep, actor: ActorDep, line_id: uuid.UUID, assigned: LineAssign) -> QueueLineRead:
    """Take a line, give it to another officer, or give it back to the queue, if who had it still has it."""
    return assigning.assign_line(
        session, actor, line_id=line_id, officer_id=assigned.officer_id, seen_officer_id=assigned.seen_officer_id
    )


@staff.post("/lines/assign", permission=permissions.LINES_PREPARE, raises=[OfficerNotFound])
def assign_lines(session: SessionDep, actor: ActorDep, assigned: LinesAssign) -> LinesAssigned:
    """Give several lines to an officer, or back to the queue; what cannot be given is told and stops no other."""
    seen = {each.line_id: each.seen_officer_id for each in assigned.lines}
    return assigning.assign_lines(session, actor, line_ids=list(seen), officer_id=assigned.officer_id, seen=seen)


@staff.put(
    "/lines/{line_id}/draft",
    permission=permissions.LINES_PREPARE,
    raises=[LineNotFound, AnswerInvalid, DraftStale, TransitionRefused, TemplateChanged],
)
def save_draft(session: SessionDep, actor: ActorDep, line_id: uuid.UUID, changes: DraftUpdate) -> DraftRead:
    """Keep changed answers."""
    return drafting.save_draft(session, actor, line_id=line_id, changes=changes)


@staff.post(
    "/lines/{line_id}/take-newest-template",
    permission=permissions.LINES_PREPARE,
    raises=[LineNotFound, DraftStale, TransitionRefused, TemplateChanged],
)
def take_newest_template(session: SessionDep, actor: ActorDep, line_id: uuid.UUID, wanted: LineTemplate) -> DraftRead:
    """Make the certificate with the template in force from now on; answers to what it asks too are kept."""
    return renewing.take_newest_template(
        session, actor, line_id=line_id, version=wanted.version, template_number=wanted.template_number
    )


@staff.get(
    "/lines/{line_id}/preview.pdf",
    permission=permissions.ORDERS_READ,
    transactions=True,
    response_class=Response,
    openapi_extra=PDF,
    raises=[LineNotFound, TemplateBroken, BytesMissing, StorageUnavailable],
)
def preview_certificate(transactions: TransactionsDep, line_id: uuid.UUID) -> Response:
    """The draft as PDF, with a watermark and its open places marked."""
    with transactions() as session:
        document = drafting.draft_document(session, transactions.actor, line_id=line_id)
    document = with_pages(transactions, document)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return Response(drafting.preview(document), media_type="application/pdf", headers=headers)


@staff.post(
    "/lines/{line_id}/issue",
    permission=permissions.CERTIFICATES_ISSUE,
    transactions=True,
    raises=[
        LineNotFound,
        OrderNotPaid,
        DraftIncomplete,
        DraftStale,
        KnownChanged,
        TransitionRefused,
        CheckMissing,
        CheckedChanged,
        IssueInProgress,
        TemplateChanged,
        TemplateBroken,
        SigningCertificateEnded,
        SigningKeyUnreadable,
    ],
)
def issue_certificate(transactions: TransactionsDep, line_id: uuid.UUID, issue: LineIssue) -> DraftRead:
    """Issue the certificate and tell the customer."""
    return issuing.issue_certificate(
        transactions,
        line_id=line_id,
        version=issue.version,
        template_number=issue.template_number,
        known=issue.known,
    )


@staff.post(
    "/lines/{line_id}/send-to-check",
    permission=permissions.LINES_PREPARE,
    raises=[
        LineNotFound,
        DraftIncomplete,
        DraftStale,
        KnownChanged,
        TransitionRefused,
        IssueInProgress,
        TemplateChanged,
    ],
)
def send_to_check(session: SessionDep, actor: ActorDep, line_id: uuid.UUID, sent: LineIssue) -> DraftRead:
    """Hand a complete draft to a second officer."""
    return checking.send_to_check(
        session,
        actor,
        line_id=line_id,
        version=sent.version,
        template_number=sent.template_number,
        known=sent.known,
    )


@staff.post(
    "/lines/{line_id}/check",
    permission=permissions.CERTIFICATES_ISSUE,
    raises=[LineNotFound, DraftIncomplete, KnownChanged, OrderNotPaid, OwnWork, TransitionRefused, IssueInProgress],
)
def check_line(session: SessionDep, actor: ActorDep, line_id: uuid.UUID, looked: LineCheck) -> DraftRead:
    """Say, as a second officer, that there is nothing to change."""
    return checking.check_line(session, actor, line_id=line_id, known=looked.known)


@staff.post(
    "/lines/{line_id}/send-back",
    permission=permissions.CERTIFICATES_ISSUE,
    raises=[LineNotFound, TransitionRefused, IssueInProgress],
)
def send_back(session: SessionDep, actor: ActorDep, line_id: uuid.UUID, back: LineSendBack) -> DraftRead:
    """Give a line back to who prepared it, to be changed."""
    return checking.send_back(session, actor, line_id=line_id, reason=back.reason)


@staff.post(
    "/lines/{line_id}/hold",
    permission=permissions.LINES_PREPARE,
    raises=[LineNotFound, TransitionRefused, IssueInProgress],
)
def hold_line(session: SessionDep, actor: ActorDep, line_id: uuid.UUID, hold: LineHold) -> DraftRead:
    """Stop the clock and ask the customer."""
    return holding.hold_line(session, actor, line_id=line_id, question=hold.question)


@staff.post("/lines/{line_id}/resume", permission=permissions.LINES_PREPARE, raises=[LineNotFound, TransitionRefused])
def resume_line(session: SessionDep, actor: ActorDep, line_id: uuid.UUID) -> DraftRead:
    """Let the clock go on."""
    return holding.resume_line(session, actor, line_id=line_id)


@staff.post(
    "/lines/{line_id}/refuse",
    permission=permissions.CERTIFICATES_ISSUE,
    raises=[LineNotFound, CertificateStands, TransitionRefused, IssueInProgress],
)
def refuse_line(session: SessionDep, actor: ActorDep, line_id: uuid.UUID, refused: LineRefuse) -> DraftRead:
    """End a line that cannot be issued, and tell the customer why."""
    return holding.refuse_line(session, actor, line_id=line_id, reason=refused.reason)


@staff.post(
    "/lines/{line_id}/replace",
    permission=permissions.CERTIFICATES_ISSUE,
    raises=[LineNotFound, TransitionRefused, IssueInProgress],
)
def replace_certificate(session: SessionDep, actor: ActorDep, line_id: uuid.UUID, replaced: LineReplace) -> DraftRead:
    """Begin a certificate that supersedes the issued one."""
    return replacing.replace_certificate(
        session, actor, line_id=line_id, because=replaced.because, reason=replaced.reason
    )


@staff.post(
    "/lines/{line_id}/keep-issued",
    permission=permissions.CERTIFICATES_ISSUE,
    raises=[LineNotFound, NothingReplaced, TransitionRefused, IssueInProgress],
)
def keep_issued(session: SessionDep, actor: ActorDep, line_id: uuid.UUID, kept: LineKeep) -> DraftRead:
    """Call a replacement off: the issued certificate stays, and nobody is mailed."""
    return replacing.keep_issued(session, actor, line_id=line_id, reason=kept.reason)


@staff.post(
    "/orders/{order_id}/counter-payment",
    permission=permissions.PAYMENTS_TAKE,
    transactions=True,
    raises=[OrderNotFound, OrderNotPayable, *payments.COUNTER_ERRORS],
)
def take_payment(transactions: TransactionsDep, order_id: uuid.UUID, taken: CounterPaymentCreate) -> CounterPaymentRead:
    """Record cash, EFTPOS or cheque taken at the counter for the whole amount."""
    return paying.take_payment(transactions, order_id=order_id, taken=taken)

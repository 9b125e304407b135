"""Anybody may check a certificate that they hold."""

from typing import Annotated

from fastapi import Query, Request

from banksia.foundation.auth.public import client_address
from banksia.kit.errors import TooManyRequests
from banksia.kit.routing import Router, SessionDep
from banksia.kit.schemas import RequiredLine
from banksia.modules.certificates.schemas.verification import VerificationRead
from banksia.modules.certificates.service import verification

verifying = Router()


@verifying.get("/verify", public=True, scope="any", raises=[TooManyRequests])
def verify_certificate(
    session: SessionDep,
    request: Request,
    number: Annotated[RequiredLine, Query(max_length=60)],
    code: Annotated[RequiredLine, Query(max_length=60)],
) -> VerificationRead:
    """Whether the council issued a certificate with this number and code."""
    return verification.verify_certificate(session, number=number, code=code, client=client_address(request))


@verifying.get("/verify-file", public=True, raises=[TooManyRequests])
def verify_file(
    session: SessionDep,
    request: Request,
    sha256: Annotated[str, Query(pattern="^[0-9a-fA-F]{64}$", description="Of the file's bytes, in hexadecimal")],
) -> VerificationRead:
    """Whether the council issued this very file: only its SHA-256 is asked for, the file stays with its holder."""
    return verification.verify_file(session, sha256=sha256, client=client_address(request))

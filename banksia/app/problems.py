"""Every error that leaves the server is a problem document (RFC 9457) that a person can read."""

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from starlette.exceptions import HTTPException
from starlette.types import Scope

from banksia.app.paths import logged_path
from banksia.app.problem_pages import council_name, is_navigation, problem_page
from banksia.kit.database import leave_out_values
from banksia.kit.errors import Problem, Unavailable, message_of

log = structlog.get_logger()
MEDIA_TYPE = "application/problem+json"
SENTENCES = {
    400: ("The request could not be read", "The request could not be read. Check its body and headers."),
    404: ("Not found", "There is nothing at this address. Check it, or start from the home page."),
    405: ("Not possible here", "This address does not take that kind of request."),
    413: ("Too large", "The request is larger than 1 MB. Send less at once."),
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "A problem document (RFC 9457).",
    "required": ["type", "title", "detail", "status"],
    "properties": {
        "type": {"type": "string", "description": "urn:banksia:MODULE:error-name"},
        "title": {"type": "string"},
        "detail": {"type": "string", "description": "A sentence for a person: what happened and what to do next."},
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}


def answer(request: Request, document: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    """A problem document as an answer: as it is, or as a page to a browser that goes to the address."""
    if is_navigation(request):
        return problem_page(document, council_name(request), headers)
    return JSONResponse(document, status_code=document["status"], media_type=MEDIA_TYPE, headers=headers)


def install(app: FastAPI) -> None:
    """Answer every kind of error."""
    app.add_exception_handler(Problem, _known)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DBAPIError, _database)


def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  (Starlette's signature is wider than what it sends here)
    return answer(request, error.document(), error.headers)


def _unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  (as above)
    if any(each["type"] == "json_invalid" for each in error.errors()):
        title, detail = SENTENCES[400]
        unreadable = {"type": "urn:banksia:kit:body-unreadable", "title": title, "detail": detail, "status": 400}
        return answer(request, unreadable)
    errors = [
        {"field": ".".join(str(part) for part in each["loc"][1:]) or str(each["loc"][0]), "message": message_of(each)}
        for each in error.errors()
    ]
    document = {
        "type": "urn:banksia:kit:fields-invalid",
        "title": "Check the highlighted fields",
        "detail": " ".join(f"{_in_words(each['field'])}: {each['message']}" for each in errors[:5]),
        "status": 422,
        "errors": errors,
    }
    return answer(request, document)


def _in_words(field: str) -> str:
    """`Officer id` for `lines.0.officer_id`."""
    return field.rpartition(".")[2].replace("_", " ").capitalize()


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  (as above)
    title, detail = SENTENCES.get(error.status_code, ("Not possible", str(error.detail)))
    slug = title.lower().replace(" ", "-")
    document = {"type": f"urn:banksia:kit:{slug}", "title": title, "detail": detail, "status": error.status_code}
    return answer(request, document, dict(error.headers or {}))


def _database(request: Request, error: Exception) -> Response:
    """The database is away: nothing was changed, and it may be back in a moment."""
    if isinstance(error, OperationalError | InterfaceError):
        log.error("database_unavailable", error=str(error.__cause__ or error)[:500])
        sentence = "The service cannot reach its database. Nothing was changed. Try again in a minute."
        return answer(request, Unavailable(sentence).document(), {"Retry-After": "10"})
    raise error


def unexpected(scope: Scope, error: Exception) -> Response:
    """What nobody thought of: the log has all of it, the answer says nothing of the inside."""
    leave_out_values(error)
    log.error("request_failed", exc_info=error, path=logged_path(scope), method=scope["method"])
    document = {
        "type": "urn:banksia:kit:unexpected",
        "title": "Something went wrong",
        "detail": "Something went wrong on our side. Nothing was changed. Try again, and tell the council if it stays.",
        "status": 500,
        "request_id": scope.get("request_id"),
    }
    # On the loop itself, where nothing is asked of the database.
    request = Request(scope)
    return problem_page(document, "") if is_navigation(request) else answer(request, document)


def describe(document: dict[str, Any]) -> None:
    """Say in the OpenAPI document that every route may answer with a problem."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = SCHEMA
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in document.get("paths", {}).values():
        for operation in operations.values():
            responses = operation.setdefault("responses", {})
            if "422" in responses and MEDIA_TYPE not in responses["422"].get("content", {}):
                responses["422"] = {"description": "Check the highlighted fields", "content": content}
            responses["default"] = {"description": "A problem", "content": content}

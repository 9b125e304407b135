"""Stripe's error body, so that the official SDK raises what it would raise against the real service."""

from typing import Any


class ApiError(Exception):
    """One refused request: HTTP status and Stripe's ``error`` object."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error: dict[str, Any] = {"type": kind, "message": message}
        if code:
            self.error["code"] = code
            self.error["doc_url"] = f"https://docs.stripe.com/error-codes/{code.replace('_', '-')}"
        if param:
            self.error["param"] = param

    def body(self) -> dict[str, Any]:
        """The JSON document that Stripe answers with."""
        return {"error": self.error}


def no_such(kind: str, identifier: str, *, param: str = "id") -> ApiError:
    """404 for an object that this account does not have."""
    return ApiError(f"No such {kind}: '{identifier}'", status=404, code="resource_missing", param=param)


def missing(param: str) -> ApiError:
    """400 for a required parameter that was not sent."""
    return ApiError(f"Missing required param: {param}.", code="parameter_missing", param=param)


def server_error() -> ApiError:
    """500, as an incident at the provider looks from outside."""
    return ApiError("An unknown error occurred", status=500, kind="api_error")

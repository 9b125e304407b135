"""What passes between a browser and a module's server: everything that neither side could use to pass for us.

Nothing that says who somebody is comes through from the browser: the module hears that from the signed token alone.
Nothing comes back that would set cookies at our address, loosen what browsers refuse, or speak to a proxy before us.
"""

import posixpath
from collections.abc import Iterable
from urllib.parse import urlsplit

Raw = Iterable[tuple[bytes, bytes]]

_HOP_BY_HOP = frozenset(
    (
        b"connection", b"keep-alive", b"proxy-connection", b"proxy-authenticate", b"proxy-authorization",
        b"proxy-authentication-info", b"te", b"trailer", b"trailers", b"transfer-encoding", b"upgrade",
        b"http2-settings",
    )
)  # fmt: skip
_NOT_TO_MODULE = _HOP_BY_HOP | {
    b"host", b"content-length", b"expect", b"cookie", b"authorization", b"authentication", b"forwarded", b"via",
    b"x-csrf-token", b"x-order-token", b"x-request-id", b"x-real-ip", b"x-client-ip", b"x-cluster-client-ip",
    b"true-client-ip", b"origin", b"referer", b"x-http-method", b"x-http-method-override", b"x-method-override",
    b"x-original-url", b"x-rewrite-url", b"x-api-key", b"x-subject", b"x-tenant", b"x-organisation", b"x-role",
    b"x-roles", b"x-permissions", b"x-email", b"x-groups", b"from",
}  # fmt: skip
_NOT_TO_MODULE_BEGINS = (
    b"x-banksia-", b"x-forwarded", b"x-auth", b"x-user", b"x-remote-", b"remote-", b"x-webauth-", b"x-ms-client-",
    b"x-goog-", b"x-amzn-", b"cf-", b"x-ssl-", b"ssl-", b"x-client-cert", b"x-envoy-", b"x-middleware-", b"webhook-",
)  # fmt: skip
_NOT_TO_BROWSER = _HOP_BY_HOP | {
    b"set-cookie", b"set-cookie2", b"set-login", b"www-authenticate", b"authentication-info", b"authorization",
    b"content-security-policy", b"content-security-policy-report-only", b"strict-transport-security",
    b"x-frame-options", b"x-content-type-options", b"x-xss-protection", b"x-permitted-cross-domain-policies",
    b"referrer-policy", b"permissions-policy", b"feature-policy", b"document-policy", b"require-document-policy",
    b"origin-agent-cluster", b"clear-site-data", b"nel", b"report-to", b"reporting-endpoints", b"expect-ct",
    b"public-key-pins", b"public-key-pins-report-only", b"speculation-rules", b"supports-loading-mode", b"refresh",
    b"link", b"sourcemap", b"x-sourcemap", b"service-worker-allowed", b"alt-svc", b"server", b"via", b"x-powered-by",
    b"x-request-id", b"x-sendfile", b"x-lighttpd-send-file", b"timing-allow-origin", b"accept-ch", b"critical-ch",
    b"observe-browsing-topics", b"attribution-reporting-register-source",
}  # fmt: skip
_NOT_TO_BROWSER_BEGINS = (b"access-control-", b"cross-origin-", b"x-accel-", b"x-banksia-", b"sec-")
_UNDERSCORE = 0x5F
POLICY = b"sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
"""An answer that is opened as a page of our address runs nothing there, whatever it says it is."""


def to_module(given: Raw) -> list[tuple[str, str]]:
    """The headers of a request that the module gets; who sends it, and for whom, is added by whoever calls."""
    found, named = [], _named_by_connection(given)
    for name, value in given:
        # Servers behind CGI's rules read X_Banksia_User as X-Banksia-User: no name with an underscore passes.
        if name in _NOT_TO_MODULE or name.startswith(_NOT_TO_MODULE_BEGINS) or name in named or _UNDERSCORE in name:
            continue
        found.append((name.decode("latin-1"), value.decode("latin-1")))
    return found


def to_browser(given: Raw, *, signed_in: bool) -> list[tuple[bytes, bytes]]:
    """The headers of an answer that the browser gets, with ours where they matter; Location is judged elsewhere."""
    found: list[tuple[bytes, bytes]] = []
    caching, named = b"", _named_by_connection(given)
    for raw, value in given:
        name = raw.lower()
        if name in _NOT_TO_BROWSER or name.startswith(_NOT_TO_BROWSER_BEGINS) or name in named or name == b"location":
            continue
        if name == b"cache-control":
            caching = value
            continue
        found.append((name, value))
    # What one person was answered is never given to another by a cache between, whatever the module says of it.
    if not caching or (signed_in and b"private" not in caching and b"no-store" not in caching):
        caching = b"no-store"
    return [*found, (b"cache-control", caching), (b"vary", b"Cookie"), (b"content-security-policy", POLICY)]


def _named_by_connection(given: Raw) -> frozenset[bytes]:
    values = [value for name, value in given if name.lower() == b"connection"]
    if not values:
        return frozenset()
    return frozenset(part.strip().lower() for value in values for part in value.split(b","))


def local_redirect(location: str, *, at: str, within: str) -> str | None:
    """Where a redirect leads when it stays below `within`, as a path of ours; None when it leads elsewhere.

    `at` is the path that was asked for. Browsers read backslashes as slashes and skip control characters, so neither
    is taken.
    """
    if not location or "\\" in location or any(ord(each) < 0x21 or ord(each) > 0x7E for each in location):
        return None
    parts = urlsplit(location)
    if parts.scheme or parts.netloc or location.startswith("//"):
        return None
    if "%2e" in parts.path.lower() or "%2f" in parts.path.lower() or "%5c" in parts.path.lower():
        return None
    joined = parts.path if parts.path.startswith("/") else posixpath.join(posixpath.dirname(at), parts.path or at)
    path = posixpath.normpath(joined)
    if path.startswith("//") or not (path == within or path.startswith(f"{within}/")):
        return None
    return path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")

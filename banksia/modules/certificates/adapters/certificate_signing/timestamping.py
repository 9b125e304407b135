"""Ask a time stamp authority (RFC 3161) over HTTP. The operator names it, so its address is trusted."""

import http.client
from typing import Any
from urllib.parse import urlsplit

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

WAIT_SECONDS = 5
MOST_BYTES = 64 * 1024


class TimestampServer(TimeStamper):
    """One authority. Raises OSError when it does not answer, and ValueError when it answers something else."""

    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # pyhanko is typed in part
        self._url = url

    async def async_request_tsa_response(self, req: Any) -> Any:
        """Send what pyhanko asks and read the answer; nothing else runs in this loop."""
        return tsp.TimeStampResp.load(_post(self._url, req.dump()))


def _post(url: str, body: bytes) -> bytes:
    target = urlsplit(url)
    secure = target.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(target.hostname or "", target.port, timeout=WAIT_SECONDS)
    path = f"{target.path or '/'}?{target.query}" if target.query else target.path or "/"
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        connection.request("POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        content = answer.read(MOST_BYTES)
    except http.client.HTTPException as error:
        raise OSError(str(error)) from error
    finally:
        connection.close()
    if answer.status != http.HTTPStatus.OK:
        message = f"the server answered {answer.status}"
        raise OSError(message)
    return content

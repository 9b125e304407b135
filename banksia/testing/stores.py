"""Stores for tests in which it matters where bytes lie: a folder of their own, and an S3 server in this process."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from banksia.kit.platform import Platform

BUCKET = "council-objects"


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """An S3 server with a bucket, as the address of a store in it."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415  (slow to import, and few tests need it)

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        yield _with_bucket(f"http://{host}:{port}", port)
    server.stop()


def _with_bucket(endpoint: str, port: int) -> str:
    bucket = f"{BUCKET}-{port}"  # what a server in this process keeps outlives it
    where = (
        "<CreateBucketConfiguration><LocationConstraint>ap-southeast-2</LocationConstraint></CreateBucketConfiguration>"
    )
    # In the region that the credential names; nobody checks its signature.
    credential = "AWS4-HMAC-SHA256 Credential=testing/20260101/ap-southeast-2/s3/aws4_request"
    made = httpx2.put(f"{endpoint}/{bucket}", content=where, headers={"Authorization": credential})
    assert made.status_code == 200, made.text
    return f"s3://{bucket}/FOLDER?endpoint={endpoint}&region=ap-southeast-2"


@pytest.fixture
def s3_url(s3_server: str) -> str:
    """A store in S3 of the test's own."""
    return s3_server.replace("FOLDER", f"records-{uuid.uuid4().hex}")


@pytest.fixture
def own_store(request: pytest.FixtureRequest, platform: Platform, tmp_path: Path) -> str:
    """Give the platform a store of the test's own, in a folder unless the test is for S3 too; answers its address.

    A test runs on both with `@pytest.mark.parametrize("own_store", ["file", "s3"], indirect=True)`.
    """
    return _give(request, platform, tmp_path, getattr(request, "param", "file"))


@pytest.fixture(params=["file", "s3"])
def each_store(request: pytest.FixtureRequest, platform: Platform, tmp_path: Path) -> str:
    """The same for each kind of store: all tests that use it run on both."""
    return _give(request, platform, tmp_path, request.param)


def _give(request: pytest.FixtureRequest, platform: Platform, folder: Path, kind: str) -> str:
    url = (folder / "store").as_uri()
    if kind == "s3":
        url = f"{request.getfixturevalue('s3_url')}&incoming={folder / 'incoming'}"
    platform.settings = platform.settings.model_copy(update={"object_store_url": url})
    return url

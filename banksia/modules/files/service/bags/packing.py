"""A bag as RFC 8493 has it: declaration, manifests, index and payload, in the order in which they leave."""

import csv
import hashlib
import io
import itertools
from collections.abc import Iterable

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_day
from banksia.foundation.storage.public import StoredObject, ZipMember, ZipText
from banksia.kit.words import harmless
from banksia.modules.files.service.bags.describing import BagIndex

LEFT_OUT = "Left out, since files with a virus or with damaged bytes do not leave; data/index.csv names them"


def members_of(
    session: Session, name: str, index: BagIndex, payloads: list[tuple[str, StoredObject]]
) -> list[ZipMember | ZipText]:
    """Bag declaration, manifests and payload, under one folder as RFC 8493 asks of a zip."""
    described = ZipText("data/metadata.json", index.model_dump_json(indent=1).encode())
    listed = ZipText("data/index.csv", _index_csv(index))
    hashes = [(member.name, hashlib.sha256(member.content).hexdigest()) for member in (described, listed)]
    hashes += [(path, stored.sha256) for path, stored in payloads]
    size = len(described.content) + len(listed.content) + sum(stored.size for _, stored in payloads)
    tags = [
        ZipText("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        ZipText(
            "bag-info.txt",
            f"Source-Organization: {index.council}\nExternal-Description: {name}\n"
            f"Bagging-Date: {council_day(session).isoformat()}\n"
            f"Payload-Oxum: {size}.{len(payloads) + 2}\n"
            f"{_left_out_line(index)}".encode(),
        ),
        ZipText("manifest-sha256.txt", "".join(f"{each}  {_encoded(path)}\n" for path, each in hashes).encode()),
    ]
    tag_hashes = "".join(f"{hashlib.sha256(tag.content).hexdigest()}  {tag.name}\n" for tag in tags)
    everything: Iterable[ZipMember | ZipText] = itertools.chain(
        tags,
        [ZipText("tagmanifest-sha256.txt", tag_hashes.encode()), described, listed],
        (ZipMember(path, stored) for path, stored in payloads),
    )
    return [
        ZipText(f"{name}/{each.name}", each.content)
        if isinstance(each, ZipText)
        else ZipMember(f"{name}/{each.name}", each.stored)
        for each in everything
    ]


def _left_out_line(index: BagIndex) -> str:
    return f"Internal-Sender-Description: {LEFT_OUT}: {len(index.left_out)}\n" if index.left_out else ""


def _encoded(path: str) -> str:
    """RFC 8493, 2.1.3: what would break a line of the manifest is written as a percent sequence."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _index_csv(index: BagIndex) -> bytes:
    """What a person opens first: a line for each version."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(["folder", "title", "version", "added", "by", "size", "sha256", "file"])
    for document in index.documents:
        for version in document.versions:
            cells = [
                " / ".join(document.folder), document.title, version.number, version.added_at, version.added_by_name,
                version.size, version.sha256, version.payload,
            ]  # fmt: skip
            lines.writerow([harmless(str(cell)) for cell in cells])
    for each in index.left_out:
        cells = ["", each.title, each.number, "", "", "", each.sha256, f"Left out: {each.file_name}. {each.why}"]
        lines.writerow([harmless(str(cell)) for cell in cells])
    return out.getvalue().encode("utf-8-sig")

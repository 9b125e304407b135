"""A shelf of scans that waits to be loaded, for a records officer to try: pictures, a letter, and two mistakes."""

import csv
from pathlib import Path

from PIL import Image, ImageDraw

from banksia.kit.database import Transactions
from banksia.modules.property.public import find_properties

STREET = "wolgan street portland"
SCANS = (
    ("permit-1961-204.tif", "Notices and orders", "Building permit 204 of 1961", "14/3/1961"),
    ("plans-1998-14.tif", "DA 1998/14/Plans", "Ground floor and elevations", "2/6/1998"),
    ("consent-1998-14.tif", "DA 1998/14/Consents", "Consent with conditions", "30/7/1998"),
    ("sewer-sketch.png", "Sewer diagrams", "Sketch of the sewer connection", ""),
    ("letter-fence.txt", "General correspondence", "Letter about the boundary fence", "11/9/2003"),
)
SHEET, PAPER, INK = (1240, 1754), "#f7f3e8", "#2b2a33"
LETTER = "To the General Manager\n\nI write about the fence between our lots, which fell in the storm of 28 August.\n"


def make_shelf(transactions: Transactions, folder: Path) -> None:
    """Lay the scans and their manifest into a folder; a lot and a folder of it are written wrong."""
    with transactions() as session:
        found = [each for each in find_properties(session, STREET, limit=20) if each["parcels"]]
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for (name, where, title, day), place in zip(SCANS, found, strict=False):
        _write(folder / name, title, day)
        lines.append((name, place["parcels"][0], where, title, day, "B 7"))
    for name, parcel, where in (("lot-misread.png", "99/9/DP999999", "Rates"), ("misfiled.png", lines[0][1], "Attic")):
        _write(folder / name, "A scan whose line is wrong", "")
        lines.append((name, parcel, where, "Notice", "", "B 7"))
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("path", "parcel", "folder", "title", "date", "box"), *lines])


def _write(path: Path, title: str, day: str) -> None:
    if path.suffix == ".txt":
        path.write_text(f"{day}\n\n{LETTER}", encoding="utf-8")
        return
    sheet = Image.new("RGB", SHEET, PAPER)
    drawn = ImageDraw.Draw(sheet)
    drawn.rectangle((90, 90, SHEET[0] - 90, SHEET[1] - 90), outline=INK, width=4)
    drawn.text((140, 140), f"{title}\n{day}", fill=INK, font_size=44)
    drawn.rectangle((240, 520, 1000, 1180), outline=INK, width=8)
    drawn.line((240, 840, 700, 840, 700, 1180), fill=INK, width=8)
    if path.suffix == ".tif":
        sheet.save(path, save_all=True, append_images=[sheet.rotate(180)], compression="tiff_lzw")
    else:
        sheet.save(path)

"""The Lot layer of the NSW cadastre, or a council's own layer of lots: parcels with their outlines."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from banksia.kit.clock import utc_now
from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.coordinates import WGS84, Coordinates
from banksia.modules.property.service.importing.options import ImportOptions, Rejected, RowRejected
from banksia.modules.property.service.importing.readers.cells import parcels_of
from banksia.modules.property.service.importing.readers.contents import Contents, is_zip
from banksia.modules.property.service.importing.readers.features import Feature, FeatureFile
from banksia.modules.property.service.importing.readers.fields import LAND_FIELDS, Mapped, Synonyms, map_columns
from banksia.modules.property.service.importing.readers.outlines import in_gda2020
from banksia.modules.property.service.importing.readers.shapefiles import Shapefile, cut_name
from banksia.modules.property.service.importing.readers.values import area_cell, validity
from banksia.modules.property.service.importing.rows import ReadRow

_NAMES: Final[Synonyms] = {
    "parcel": ("lotidstring", *LAND_FIELDS["parcel"]),
    "lot": LAND_FIELDS["lot"],
    "section": LAND_FIELDS["section"],
    "plan_type": LAND_FIELDS["plan_type"],
    "plan": LAND_FIELDS["plan"],
    "parcel_external_id": LAND_FIELDS["parcel_external_id"],
    "assessment": LAND_FIELDS["assessment"],
    "area": ("planlotarea", "landarea", "parcelarea", "lotarea", "area"),
    "area_unit": LAND_FIELDS["area_unit"],
    "subtype": ("classsubtype", "subtype", "parcelstatus", "lotstatus", "status"),
    "process": ("processstate", "itstitlestatus"),
    "valid_from": ("startdate", "createdate", *LAND_FIELDS["valid_from"]),
    "valid_to": ("enddate", *LAND_FIELDS["valid_to"]),
}
LOT_FIELDS: Final[Synonyms] = {
    field: tuple(dict.fromkeys((*names, *(cut_name(name) for name in names)))) for field, names in _NAMES.items()
}
_KNOWN_AT_MOST: Final = 200
_EMPTY: Final = ("", "null", "none", "<null>")


class LotReader:
    """Lots of a GeoJSON file or a shapefile."""

    def __init__(self, path: Path, options: ImportOptions) -> None:
        """Find out what the file is; raises ImportRefused when it holds no lots."""
        self.path = path
        self.source: Shapefile | FeatureFile
        if _is_shapefile(path):
            self.source = Shapefile(path)
            crs = options.crs or self.source.crs or _degrees(self.source)
        else:
            contents = Contents(path)
            name = contents.only(".geojson", ".json", ".geojsonl", ".ndjson", ".geojsons")
            contents.expect([name])
            self.source = FeatureFile(contents, name)
            crs = options.crs or self.source.crs or WGS84
        self.crs = crs
        self.coordinates = Coordinates(crs)
        self.mapping = options.mapping
        self.mapped: Mapped | None = None
        """The columns of the first feature."""
        self.known: dict[tuple[str, ...], Mapped] = {}
        self.now = utc_now()

    @property
    def size(self) -> int:
        """Bytes in all."""
        return self.source.size if isinstance(self.source, Shapefile) else self.source.contents.size

    @property
    def read(self) -> int:
        """Bytes so far."""
        return self.source.read if isinstance(self.source, Shapefile) else self.source.contents.read

    def rows(self) -> Iterator[ReadRow | Rejected]:
        """Every lot in the file's order."""
        for found in self.source.features():
            yield found if isinstance(found, Rejected) else self.look(*found)

    def look(self, number: int, feature: Feature) -> ReadRow | Rejected:
        """What one feature says."""
        try:
            return self.lot(number, feature)
        except RowRejected as verdict:
            return Rejected(number, verdict.reason, verdict.value)

    def columns(self, properties: dict[str, Any]) -> Mapped:
        """Where each field stands; features need not all have the same properties."""
        names = tuple(properties)
        if names in self.known:
            return self.known[names]
        mapping = {field: name for field, name in self.mapping.items() if not self.mapped or name in properties}
        mapped = map_columns(names, mapping, LOT_FIELDS)
        if self.mapped is None:
            self.mapped = mapped
            if not {"parcel", "plan"} & set(mapped.names):
                message = (
                    f"The features of “{self.path.name}” have no lot and plan. They have: "
                    f"{', '.join(properties)[:500] or 'nothing'}. Name the properties in the mapping."
                )
                raise ImportRefused(message)
        if len(self.known) < _KNOWN_AT_MOST:
            self.known[names] = mapped
        return mapped

    def lot(self, number: int, feature: Feature) -> ReadRow:
        """One lot; raises RowRejected."""
        properties, geometry = feature
        mapped = self.columns(properties)
        cells = {field: _text(properties.get(name)) for field, name in mapped.names.items()}
        parcels = _parcels(cells)
        begins, ends = validity(cells)
        outline = in_gda2020(geometry, self.coordinates)
        area = area_cell(cells, mapped.area_unit)
        return ReadRow(
            line=number,
            text="",
            parts=None,
            parcels=parcels,
            is_synthetic=False,
            assessment=cells.get("assessment") or None,
            status=self._status(cells, (begins, ends)),
            area=area or (outline[1] if outline else None),
            point=None,
            parcel_valid_from=begins,
            parcel_valid_to=ends,
            parcel_external_id=cells.get("parcel_external_id") or None,
            geometry=outline[0] if outline else None,
        )

    def _status(self, cells: dict[str, str], validity_of: tuple[Any, Any]) -> str:
        told = f"{cells.get('subtype', '')} {cells.get('process', '')}".lower()
        begins, ends = validity_of
        if "histor" in told or "cancel" in told or (ends and ends <= self.now):
            return "historic"
        if "propos" in told or "pending" in told or (begins and begins > self.now):
            return "proposed"
        return "current"


def _parcels(cells: dict[str, str]) -> tuple[Any, ...]:
    if cells.get("parcel", "").startswith("/") or not (cells.get("parcel") or cells.get("lot")):
        raise RowRejected("It has no lot number: roads and water are no parcels.", ",".join(cells.values())[:200])
    return parcels_of(cells)


def _text(value: Any) -> str:
    """A property as a cell: no null, and whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).split())
    if not text.isprintable() or len(text) > 1_000:
        raise RowRejected("A property has characters that cannot be read.", repr(text[:100]))
    return "" if text.lower() in _EMPTY else text


def _is_shapefile(path: Path) -> bool:
    if path.is_file() and path.suffix.lower() in (".shp", ".dbf", ".shx"):
        return True
    if path.is_dir() or (path.is_file() and is_zip(path)):
        return any(name.lower().endswith(".shp") for name in Contents(path).names)
    return False


def _degrees(source: Shapefile) -> str:
    """Without a .prj only degrees can be told; raises ImportRefused for metres."""
    if all(abs(number) <= 180 for number in source.box):
        return WGS84
    message = "The shapefile has no .prj part. Say in which reference system it is, for example --crs EPSG:7855."
    raise ImportRefused(message)

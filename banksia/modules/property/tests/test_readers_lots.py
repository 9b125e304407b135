"""Lots with their outlines: GeoJSON in every form, and shapefiles."""

import json
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pyproj import CRS, Transformer

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.options import ImportOptions, Rejected
from banksia.modules.property.service.importing.readers import features as limits
from banksia.modules.property.service.importing.readers import open_reader
from banksia.modules.property.service.importing.rows import ReadRow

SAMPLE = Path(__file__).parent / "data" / "lot_layer_sample.geojson"
RING = [[150.15, -33.48], [150.1503, -33.48], [150.1503, -33.4802], [150.15, -33.4802], [150.15, -33.48]]
HOLE = [[150.1501, -33.4801], [150.1501, -33.48005], [150.1502, -33.48005], [150.1502, -33.4801], [150.1501, -33.4801]]
OPEN = 32503680000000


def read(path: Path, **options: object) -> list[ReadRow | Rejected]:
    return list(open_reader(path, ImportOptions(**{"format": "nsw-lots", **options})).rows())  # type: ignore[arg-type]


def taken(path: Path, **options: object) -> list[ReadRow]:
    rows = read(path, **options)
    found = [row for row in rows if isinstance(row, ReadRow)]
    assert len(found) == len(rows), rows
    return found


def feature(lot: str, rings: Any = None, **properties: object) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": [RING] if rings is None else rings}
    return {"type": "Feature", "properties": {"lotidstring": lot, "cadid": 7, **properties}, "geometry": geometry}


def collection(*features: dict[str, Any], **more: object) -> str:
    return json.dumps({"type": "FeatureCollection", **more, "features": list(features)})


class TestGeoJson:
    def test_the_state_s_own_fields_are_read(self) -> None:
        (row,) = taken(SAMPLE)
        assert (row.parcels[0].lot, row.parcels[0].plan, row.parcel_external_id) == ("1", "598704", "102169538")
        assert (row.status, row.geometry) == ("current", None)  # the sample's outline is abbreviated to two corners

    def test_dates_areas_and_states_of_a_lot(self, tmp_path: Path) -> None:
        path = tmp_path / "lots.geojson"
        path.write_text(
            collection(
                feature("1//DP9", startdate=1101455024000, enddate=OPEN, planlotarea=1.5, planlotareaunits="ha"),
                feature("2/3/DP9", enddate=1101455024000),
                feature("3//DP9", classsubtype="Proposed lot", enddate=OPEN),
                feature("4//DP9", rings=[RING, HOLE]),
            )
        )
        first, second, third, fourth = taken(path)
        assert (str(first.parcel_valid_from), first.parcel_valid_to) == ("2004-11-26 07:43:44+00:00", None)
        assert (first.area, first.status) == (15_000, "current")
        assert (second.status, str(second.parcel_valid_to)[:10]) == ("historic", "2004-11-26")
        assert second.parcels[0].section == "3"
        assert third.status == "proposed"
        assert first.geometry == {"type": "Polygon", "coordinates": [RING]}
        assert second.area == pytest.approx(27.9 * 22.2, rel=0.02)
        assert fourth.geometry
        assert len(fourth.geometry["coordinates"]) == 2
        assert fourth.area == pytest.approx((second.area or 0) * (1 - 1 / 12), rel=0.02)

    def test_one_feature_a_line_and_esri_json_are_read_alike(self, tmp_path: Path) -> None:
        lots = [feature(f"{number}//DP9") for number in range(1, 4)]
        one, lines, esri = tmp_path / "one.geojson", tmp_path / "lines.ndjson", tmp_path / "esri.json"
        one.write_text(collection(*lots))
        lines.write_text("\n".join(json.dumps(lot) for lot in lots) + "\n{cut off")
        esri.write_text(
            json.dumps(
                {
                    "spatialReference": {"wkid": 4283, "latestWkid": 4283},
                    "features": [
                        {"attributes": lot["properties"], "geometry": {"rings": [RING[::-1]]}} for lot in lots
                    ],
                }
            )
        )
        assert [row.parcels for row in taken(one)] == [row.parcels for row in taken(esri)]
        *good, bad = read(lines)
        assert good == taken(one)
        assert isinstance(bad, Rejected)
        assert bad.reason == "The line is not JSON; the file may be cut off here."
        moved = taken(esri)[0].geometry
        assert moved
        assert moved["coordinates"][0][0] != RING[0]  # GDA94 lies almost two metres away

    def test_a_reference_system_in_metres_becomes_ours(self, tmp_path: Path) -> None:
        turn = Transformer.from_crs(CRS("EPSG:7844"), CRS("EPSG:7855"), always_xy=True)
        metres = [list(turn.transform(x, y)) for x, y in RING]
        path = tmp_path / "lots.geojson"
        crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::7855"}}
        path.write_text(collection(feature("1//DP9", rings=[metres]), crs=crs))
        (row,) = taken(path)
        assert row.geometry == {"type": "Polygon", "coordinates": [RING]}

    def test_lots_that_are_none_are_told(self, tmp_path: Path) -> None:
        path = tmp_path / "lots.geojson"
        far = [[0, 0], [1, 0], [1, 1], [0, 0]]
        path.write_text(
            collection(
                feature("//DP9"), feature("1//DP9", rings=[far]), feature("1//DP9", rings=[[["x", 1]]]), {"a": 1},
                {**feature("2//DP9"), "geometry": {"type": "Point", "coordinates": [150, -33]}}, feature("3//DP9"),
            )
        )  # fmt: skip
        assert [row.reason if isinstance(row, Rejected) else "taken" for row in read(path)] == [
            "It has no lot number: roads and water are no parcels.",
            "Its outline is not in Australia.",
            "Its outline has points that are no numbers.",
            "The feature has no properties.",
            "Its geometry is no outline (Polygon or MultiPolygon).",
            "taken",
        ]

    def test_a_file_larger_than_a_chunk_is_read_to_its_end_and_a_cut_one_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "_CHUNK", 1_000)
        path = tmp_path / "lots.geojson"
        whole = collection(*(feature(f"{number}//DP9", note="é" * (number % 90)) for number in range(1, 300)))
        path.write_text(whole)
        assert [row.parcels[0].lot for row in taken(path)] == [str(number) for number in range(1, 300)]
        path.write_text(whole[:-500])
        with pytest.raises(ImportRefused, match="cut off or damaged after"):
            read(path)

    @pytest.mark.parametrize("content", ["", "hello", "[1, 2]", '{"a": 1}', '{"type": "Topology"}'])
    def test_another_file_is_refused(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "lots.geojson"
        path.write_text(content)
        with pytest.raises(ImportRefused, match="no GeoJSON features"):
            read(path)

    def test_other_names_are_refused_until_the_mapping_tells_them(self, tmp_path: Path) -> None:
        path = tmp_path / "lots.geojson"
        path.write_text(collection({**feature(""), "properties": {"ID_TEXT": "1//DP9"}}))
        with pytest.raises(ImportRefused, match="They have: ID_TEXT"):
            read(path)
        assert len(taken(path, mapping={"parcel": "ID_TEXT"})) == 1


def write_shapefile(folder: Path, lots: list[tuple[dict[str, str], list[list[list[float]]]]], prj: str | None) -> Path:
    """The three parts of a shapefile of polygons, as Esri describes them."""
    records = b""
    for number, (_, rings) in enumerate(lots, start=1):
        points = [point for ring in rings for point in ring]
        starts = [sum(map(len, rings[:place])) for place in range(len(rings))]
        content = struct.pack("<i4dii", 5, *(0.0,) * 4, len(rings), len(points)) + struct.pack(
            f"<{len(rings)}i", *starts
        )
        content += b"".join(struct.pack("<2d", *point) for point in points)
        records += struct.pack(">ii", number, len(content) // 2) + content
    every = [point for _, rings in lots for ring in rings for point in ring]
    box = (min(x for x, _ in every), min(y for _, y in every), max(x for x, _ in every), max(y for _, y in every))
    header = struct.pack(">i5ii", 9994, *(0,) * 5, 50 + len(records) // 2) + struct.pack(
        "<ii8d", 1000, 5, *box, *(0.0,) * 4
    )
    (folder / "lots.shp").write_bytes(header + records)
    names = list(lots[0][0])
    fields = b"".join(struct.pack("<11sc4xBB14x", name[:10].encode(), b"C", 40, 0) for name in names)
    dbf = (
        struct.pack("<B3sIHH20x", 3, b"\x7e\x0b\x19", len(lots), 33 + len(fields), 1 + 40 * len(names)) + fields + b"\r"
    )
    dbf += b"".join(b" " + b"".join(values[name].encode().ljust(40) for name in names) for values, _ in lots)
    (folder / "lots.dbf").write_bytes(dbf)
    if prj:
        (folder / "lots.prj").write_text(prj)
    return folder / "lots.shp"


class TestShapefile:
    WKT = CRS("EPSG:28355").to_wkt("WKT1_ESRI")

    def lots(self) -> list[tuple[dict[str, str], list[list[list[float]]]]]:
        turn = Transformer.from_crs(CRS("EPSG:7844"), CRS("EPSG:28355"), always_xy=True)
        outer, hole = ([list(turn.transform(x, y)) for x, y in ring] for ring in (RING, HOLE))
        away = [[x + 100, y] for x, y in outer]
        values = {"lotidstring": "", "cadid": "7", "startdate": "20041126", "enddate": "30000101", "planlotarea": ""}
        return [
            ({**values, "lotidstring": "1//DP9"}, [outer]),
            ({**values, "lotidstring": "2//DP9"}, [outer, hole]),
            ({**values, "lotidstring": "3//DP9", "enddate": "20200101"}, [outer, away]),
        ]

    def test_is_read_beside_its_parts_and_packed(self, tmp_path: Path) -> None:
        path = write_shapefile(tmp_path, self.lots(), self.WKT)
        one, holed, two = taken(path)
        assert one.geometry
        assert one.geometry["coordinates"][0] == pytest.approx([pytest.approx(point, abs=2e-7) for point in RING])
        assert holed.geometry
        assert len(holed.geometry["coordinates"]) == 2
        assert two.geometry
        assert (two.geometry["type"], two.status) == ("MultiPolygon", "historic")
        assert [str(row.parcel_valid_from)[:10] for row in (one, holed, two)] == ["2004-11-26"] * 3
        packed = tmp_path / "lots.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            for part in ("shp", "dbf", "prj"):
                archive.write(tmp_path / f"lots.{part}", f"Lots 2026/lots.{part}")
        assert taken(packed) == [one, holed, two]
        reader = open_reader(packed, ImportOptions(format="nsw-lots"))
        assert len(list(reader.rows())) == 3
        assert reader.read == reader.size > 0

    def test_without_a_prj_metres_are_refused_and_an_option_helps(self, tmp_path: Path) -> None:
        path = write_shapefile(tmp_path, self.lots(), None)
        with pytest.raises(ImportRefused, match=r"has no \.prj part"):
            read(path)
        assert len(taken(path, crs="EPSG:28355")) == 3

    def test_damaged_and_missing_parts_are_refused(self, tmp_path: Path) -> None:
        path = write_shapefile(tmp_path, self.lots(), self.WKT)
        shapes, records = path.read_bytes(), (tmp_path / "lots.dbf").read_bytes()
        path.write_bytes(shapes[:-40])
        with pytest.raises(ImportRefused, match="ends after 2 records"):
            read(path)
        path.write_bytes(shapes)
        (tmp_path / "lots.dbf").write_bytes(records[:-40])
        with pytest.raises(ImportRefused, match="ends after 2 records"):
            read(path)
        (tmp_path / "lots.dbf").write_bytes(records[:40])
        with pytest.raises(ImportRefused, match=r"\.dbf part"):
            read(path)
        path.write_bytes(b"hello")
        with pytest.raises(ImportRefused, match="no shapefile"):
            read(path)
        (tmp_path / "lots.dbf").unlink()
        with pytest.raises(ImportRefused, match=r"has no \.dbf part"):
            read(path)

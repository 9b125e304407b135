"""Which column is what: the names that Australian rates systems and registers give to ours.

A header is taken apart into words (`PropNo`, `PROP_NO`, `Prop No.`), abbreviations are written out, and what is left is
looked up. Names of Technology One, Civica Authority, Infor Pathway, Open Office, G-NAF and the NSW cadastre are known.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.readers.values import SQUARE_METRES_OF

Synonyms = Mapping[str, tuple[str, ...]]

KEY_FIELDS: Final[Synonyms] = {
    "parcel": (
        "parcel", "lotidstring", "lotsectionplan", "lotsectionplannumber", "lotplan", "lotdp", "legaldescription",
        "legalparcelid", "parceldescription", "landdescription", "titledescription", "legal", "lotsecplan",
        "lotsectiondp", "lotdescription", "realpropertydescription", "formallanddescription",
    ),
    "lot": ("lot", "lotnumber", "lotid", "parcellot", "legallot"),
    "section": ("section", "sectionnumber", "plansection"),
    "plan_type": ("plantype", "planprefix", "plantypecode", "plancode"),
    "plan": (
        "planlabel", "plan", "plannumber", "dp", "depositedplan", "dpnumber", "dpsp", "planid", "strataplan",
        "registeredplan", "depositedplannumber",
    ),
    "assessment": (
        "assessment", "assessmentnumber", "assessmentid", "ratesassessment", "rateassessmentnumber",
        "ratesassessmentnumber", "rateassessment", "ratesnumber", "ratenumber", "valuationassessment", "assessmentkey",
        "assessmentreference", "ratesreference", "ratingassessment", "propertynumber", "propertyid", "propertykey",
        "propertyreference", "accountnumber",
    ),
}  # fmt: skip
LAND_FIELDS: Final[Synonyms] = {
    "address": (
        "address", "fulladdress", "propertyaddress", "siteaddress", "formattedaddress", "addresslabel", "addresstext",
        "propertylocation", "situsaddress", "streetaddress", "locationaddress", "landaddress", "propertyfulladdress",
        "addressfull", "primaryaddress", "propertyaddressfull", "addressline", "addressline1", "address1", "location",
        "physicaladdress",
    ),
    **KEY_FIELDS,
    "longitude": ("longitude", "lon", "lng", "long"),
    "latitude": ("latitude", "lat"),
    "x": ("x", "easting", "xcoord", "xcoordinate", "coordx", "pointx", "eastings", "xcentroid", "centroidx"),
    "y": ("y", "northing", "ycoord", "ycoordinate", "coordy", "pointy", "northings", "ycentroid", "centroidy"),
    "status": ("status", "parcelstatus", "propertystatus", "lotstatus", "landstatus", "assessmentstatus", "statuscode"),
    "area": (
        "area", "landarea", "areasquaremetres", "planlotarea", "parcelarea", "lotarea", "arealand", "totalarea",
        "siteearea", "sitearea", "propertyarea", "ratedarea", "areasize", "landsize",
    ),
    "area_unit": (
        "areaunit", "areaunits", "landareaunit", "landareaunits", "planlotareaunits", "areauom", "landareauom",
        "unitofmeasure", "areatype",
    ),
    "building": ("building", "buildingname", "propertyname", "estatename", "complexname", "sitename"),
    "level_type": ("leveltype", "floortype"),
    "level": ("level", "levelnumber", "floor", "floornumber"),
    "flat_type": ("flattype", "unittype", "unitprefix", "unittypecode", "flattypecode", "subaddresstype"),
    "flat": ("unit", "unitnumber", "flat", "flatnumber", "unitshop", "apartmentnumber", "subaddressnumber", "shopunit"),
    "number": (
        "housenumber", "house", "streetnumber", "streetnumberfrom", "housenumberfrom", "housenumber1", "numberfirst",
        "fromhousenumber", "streetnumber1", "number", "numberfrom", "addressnumber", "fromstreetnumber",
        "housenumberstart", "streetnumberstart",
    ),
    "number_suffix": (
        "housenumbersuffix", "streetnumbersuffix", "numberfirstsuffix", "housesuffix", "numbersuffix",
        "housenumber1suffix", "streetnumberfromsuffix", "housenumberfromsuffix", "housealpha",
    ),
    "number_last": (
        "housenumberto", "streetnumberto", "numberlast", "housenumber2", "tohousenumber", "numberto", "streetnumber2",
        "tostreetnumber", "housenumberend", "streetnumberend", "housenumberlast",
    ),
    "number_last_suffix": (
        "housenumbertosuffix", "streetnumbertosuffix", "numberlastsuffix", "housenumber2suffix", "tohousesuffix",
    ),
    "address_lot": ("addresslot", "addresslotnumber", "lotaddress"),
    "street": ("streetname", "street", "roadname", "road", "streetnamefull", "streetdescription", "thoroughfare"),
    "street_type": (
        "streettype", "roadtype", "streettypecode", "roadtypecode", "streetnametype", "thoroughfaretype",
        "streettypedescription",
    ),
    "street_suffix": ("streetsuffix", "roadsuffix", "streetsuffixcode", "streetdirection", "roadsuffixcode"),
    "locality": (
        "locality", "localityname", "suburb", "suburbname", "town", "townname", "suburbtown", "suburblocality",
        "city", "village", "place", "suburbdescription", "townsuburb", "townlocality",
    ),
    "state": ("state", "statecode", "stateabbreviation"),
    "postcode": ("postcode", "pcode", "zip", "zipcode", "suburbpostcode", "localitypostcode"),
    "valid_from": (
        "validfrom", "datefrom", "startdate", "effectivefrom", "fromdate", "datecreated", "createddate", "createdate",
        "registrationdate", "dateregistered", "effectivedate", "commencementdate", "datestart", "registereddate",
    ),
    "valid_to": (
        "validto", "dateto", "enddate", "effectiveto", "todate", "dateretired", "retireddate", "ceaseddate",
        "cancelleddate", "expirydate", "dateend", "dateceased", "cessationdate",
    ),
    "address_external_id": ("addressdetailpid", "gnafpid", "gnafid", "addresspid", "gnafaddressid", "addressid"),
    "parcel_external_id": ("cadid", "cadastreid", "cadastralid", "dcdbid", "lotcadid"),
}  # fmt: skip
_AFFIXES: Final = ("property", "site", "situs", "land", "rates", "rating", "primary", "parcel", "current", "council")
_VAGUE: Final = ("", "number", "name", "type", "code", "value", "reference", "status", "description")
"""What a header can say about anything: `Property No` is no house number."""
_WORDS: Final = {
    "no": "number", "num": "number", "nbr": "number", "nmbr": "number", "nr": "number", "nums": "number",
    "numb": "number", "assess": "assessment", "assmt": "assessment", "assmnt": "assessment", "assessmt": "assessment",
    "asst": "assessment", "prop": "property", "prpty": "property", "addr": "address", "addrs": "address",
    "add": "address", "st": "street", "str": "street", "rd": "road", "desc": "description", "descr": "description",
    "descn": "description", "sec": "section", "sect": "section", "loc": "locality", "bldg": "building",
    "hse": "house", "hs": "house", "sfx": "suffix", "suff": "suffix", "typ": "type", "cde": "code", "cd": "code",
    "dt": "date", "pc": "postcode", "ref": "reference", "acct": "account", "stat": "status", "long": "longitude",
    "lat": "latitude", "lng": "longitude", "val": "value", "attr": "attribute", "own": "owner", "nme": "name",
    "nm": "name", "ownr": "owner",
}  # fmt: skip
_DATUMS: Final = re.compile(
    r"(?:gda|mga) ?(?:94|2020)?(?: ?zone)? ?(?:4[89]|5[0-9])?(?![0-9])|wgs ?84|epsg ?[0-9]{4,5}|zone ?[0-9]{2}|z5[4-6]"
)
_UNIT: Final = re.compile(
    r"[\s(_\[]+(m2|m²|sqm|sq\.? ?m(?:etres)?|square ?met(?:re|er)s|ha|hectares?|acres?|km2|sq ?ft)[)\]]?\s*$"
    r"|(?<=area)(sqm|m2|ha|hectares)$|(?<=Area)(Sqm|SqM|M2|Ha|Hectares)$",
    re.IGNORECASE,
)


class Mapped(NamedTuple):
    """Where each field stands in a row."""

    places: dict[str, int]
    names: dict[str, str]
    """Field to the name of its column."""
    area_unit: str = ""
    """The unit that the header of the area names."""


def plain(name: str) -> str:
    """How two names of columns are compared: letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


@lru_cache(maxsize=10_000)
def canonical(name: str) -> str:
    """`PROP_NO`, `Prop. No` and `PropNumber` are all `propertynumber`."""
    spaced = _UNIT.sub("", name.strip())
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", spaced)
    spaced = _DATUMS.sub(" ", spaced.lower().replace("_", " "))
    words = re.findall(r"[a-z0-9]+", spaced)
    return "".join(_WORDS.get(word, word) for word in words)


def unit_of_header(name: str) -> str:
    """`Land Area (ha)` -> `ha`; empty when it names none."""
    found = _UNIT.search(name.strip())
    if found is None:
        return ""
    unit = re.sub(r"[^a-z0-9²]", "", next(part for part in found.groups() if part).lower()).replace("²", "2")
    return unit if unit in SQUARE_METRES_OF else "m2"


def guess(header: Sequence[str], synonyms: Synonyms) -> dict[str, int]:
    """Field to place for every field that the header names; each column is one field at most."""
    known = {name: place for place, name in reversed(list(enumerate(canonical(name) for name in header))) if name}
    short = {name.removeprefix(affix): known[name] for name in known for affix in _AFFIXES}
    short = {name: place for name, place in short.items() if name not in _VAGUE}
    taken: set[int] = set()
    found: dict[str, int] = {}
    for names in (known, short):
        for field, spellings in synonyms.items():
            free = (names[name] for name in spellings if name in names and names[name] not in taken)
            place = None if field in found else next(free, None)
            if place is not None:
                found[field] = place
                taken.add(place)
    return found


def known_names(header: Sequence[str], synonyms: Synonyms, mapping: Mapping[str, str]) -> int:
    """How many columns of a possible header mean something; those that a person has named count most."""
    given = {plain(name) for name in mapping.values()}
    return len(guess(header, synonyms)) + 10 * sum(plain(name) in given for name in header)


def map_columns(header: Sequence[str], mapping: Mapping[str, str], synonyms: Synonyms) -> Mapped:
    """Where each field stands: what the mapping says, completed by what the header says.

    An empty column in the mapping says that the field is not in the file, whatever the header looks like.
    """
    unknown = sorted(set(mapping) - set(synonyms))
    if unknown:
        message = f"The mapping names {', '.join(unknown)}. It can name: {', '.join(synonyms)}."
        raise ImportRefused(message)
    by_name = {plain(name): place for place, name in reversed(list(enumerate(header)))}
    places: dict[str, int] = {}
    for field, name in mapping.items():
        if name and plain(name) not in by_name:
            message = f"The mapping says that “{field}” is the column “{name}”, which the file does not have."
            raise ImportRefused(message)
        if name:
            places[field] = by_name[plain(name)]
    taken = set(places.values())
    left = ["" if place in taken else name for place, name in enumerate(header)]
    rest = {field: names for field, names in synonyms.items() if field not in mapping}
    places |= guess(left, rest)
    names = {field: header[place] for field, place in places.items()}
    return Mapped(places, names, unit_of_header(names.get("area", "")))

"""The manifest of a module, protocol 1, part by part; its JSON Schema is made from these models."""

from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from banksia.kit.schemas import CONTROL_CHARACTERS

MODULE_NAME = r"[a-z][a-z0-9_]{1,39}"
WORD = r"[a-z][a-z0-9_]*"
PROTOCOL = 1

Capability = Literal[
    "property.search",
    "property.get",
    "property.snapshot",
    "payments.raise",
    "notices.send",
    "objects.store",
    "audit.record",
    "reminders.enqueue",
]
CAPABILITIES: tuple[str, ...] = get_args(Capability)
Audience = Literal["public", "customer", "staff", "admin", "service"]
Method = Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


def _without_controls(value: str) -> str:
    if CONTROL_CHARACTERS.intersection(value):
        message = "Remove the control characters."
        raise ValueError(message)
    return value


Name = Annotated[str, StringConstraints(pattern=rf"^{MODULE_NAME}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_without_controls)]
OptionalLine = Annotated[str, StringConstraints(max_length=200), AfterValidator(_without_controls)]
Text = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_without_controls)]
Version = Annotated[
    str, StringConstraints(pattern=r"^\d+(\.\d+){0,3}([-+.]?[0-9A-Za-z][0-9A-Za-z.+-]*)?$", max_length=50)
]
VersionRange = Annotated[
    str,
    StringConstraints(pattern=r"^((>=|<=|==|!=|~=|<|>)\s*\d+(\.\d+){0,3}(\s*,\s*)?)*$", max_length=100),
    Field(description="`>=0.1`, `>=1.2,<2`; empty is any version"),
]
Url = Annotated[str, StringConstraints(pattern=r"^(https?://[\x21-\x7e]+)?$", max_length=500)]
Email = Annotated[
    str, StringConstraints(pattern=r"^([^@\s]+@[^@\s]+)?$", max_length=200), AfterValidator(_without_controls)
]
DottedName = Annotated[str, StringConstraints(pattern=rf"^{WORD}(\.{WORD})+$", max_length=120)]
PermissionName = Annotated[
    str,
    StringConstraints(pattern=rf"^{WORD}(\.{WORD}){{2}}$", max_length=120),
    Field(description="`module.thing.verb`"),
]
EventName = Annotated[
    str, StringConstraints(pattern=rf"^{WORD}\.{WORD}$", max_length=120), Field(description="`module.what_happened`")
]
PaymentKind = Annotated[str, StringConstraints(pattern=rf"^{WORD}\.{WORD}$", max_length=120)]
WidgetName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
Path = Annotated[
    str,
    StringConstraints(pattern=r"^/$|^(/([A-Za-z0-9._~-]+|\{[a-z][a-z0-9_]*\}))+$", max_length=300),
    Field(description="Begins with `/`; `{name}` stands for one part"),
]
PlainPath = Annotated[str, StringConstraints(pattern=r"^(/[A-Za-z0-9._~-]+)+$", max_length=300)]
PageFile = Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9_-][A-Za-z0-9._-]*\.m?js$", max_length=100)]
JsonObject = dict[str, Any]


class Part(BaseModel):
    """What the parts of a manifest have in common: an unknown field is refused, so a misspelt one is not lost."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        validate_by_name=True,
        validate_by_alias=True,
        json_schema_serialization_defaults_required=True,
        use_attribute_docstrings=True,
    )


class ManifestPublisher(Part):
    """Who answers for the module."""

    name: Line
    url: Url = ""
    email: Email = ""


class ManifestSupport(Part):
    """Where a council finds help."""

    url: Url = ""
    email: Email = ""


class ManifestRequirement(Part):
    """A module that this one builds on; without an optional one it works with less."""

    module: Name
    version: VersionRange = ""
    optional: bool = False
    """A module that is missing and not optional keeps this one from being used."""


class ManifestProvision(Part):
    """Something that others may build on."""

    name: DottedName
    version: Version = "1.0"


class ManifestPermission(Part):
    """A right that the module asks for, and the roles that have it."""

    name: PermissionName
    title: Line
    """What an administrator reads: “Manage hall bookings”."""
    roles: Annotated[list[Annotated[str, StringConstraints(pattern=rf"^{WORD}$", max_length=60)]], Field(max_length=20)]


class ManifestRoute(Part):
    """A path below `/api/{id}` that the gateway lets through; what is not named here does not exist."""

    path: Path
    methods: Annotated[list[Method], Field(min_length=1, max_length=6)]
    audience: Audience
    """Who is let through: anybody, whoever is signed in as a customer, staff, administrators, or software alone."""
    permission: PermissionName | None = None
    """Asked of whoever calls; staff and admin need one, public has none."""


class ManifestLimits(Part):
    """How large a request may be, and how long the module may take."""

    body_bytes: Annotated[int, Field(ge=0, le=100 * 1024**2)] = 10 * 1024**2
    """The largest body that is passed on, in bytes."""
    seconds: Annotated[int, Field(ge=1, le=120)] = 30
    """How long the module may take until its answer begins."""


class ManifestNavigation(Part):
    """An entry of the navigation, for whoever has the permission."""

    label: Line
    to: Annotated[str, StringConstraints(pattern=r"^(/[A-Za-z0-9._~-]+)+(\?[A-Za-z0-9._~=&-]*)?$", max_length=300)]
    """Below `/{id}/customer`, `/{id}/staff` or `/{id}/settings`, as `area` says."""
    area: Literal["customer", "staff", "settings"] = "staff"
    permission: PermissionName | None = None
    """Without it the entry is for everybody in the area."""
    group: OptionalLine = ""
    """The heading that it stands under; entries without one stand together."""


class ManifestPages(Part):
    """The pages: one ES module with `mount(element, context)`, served at `{base_url}/{id}/pages`."""

    script: PageFile
    """The ES module; it may import files beside it (js, css, svg, json, png, woff2)."""
    mode: Literal["frame", "origin"] = "frame"
    """What the module would like: a sandboxed frame, or the council's own pages. The administrator decides."""
    navigation: Annotated[list[ManifestNavigation], Field(max_length=50)] = []


class ManifestWidget(Part):
    """Something small on another page: `GET {base_url}/{id}{path}` answers its JSON."""

    name: WidgetName
    title: Line
    path: PlainPath
    """On the dashboard it answers `{"counts": [{"label", "count", "to", "alert"}]}`; on a property's page, which asks
    with `?property_id=`, `{"summary", "count", "href", "lines": [{"title", "detail", "href", "status"}]}`. Addresses
    begin with `/`."""
    place: Literal["dashboard", "property"] = "dashboard"
    permission: PermissionName | None = None
    """Without it the widget is for whoever sees the page that it is on."""


class ManifestEmit(Part):
    """An event that the module may send, and the JSON Schema of its body."""

    name: EventName
    json_schema: Annotated[JsonObject, Field(alias="schema")] = {}


class ManifestEvents(Part):
    """What the module wants to be told of, where, and what it tells."""

    url: PlainPath = "/events"
    """Where events are posted, signed as Standard Webhooks says."""
    hears: Annotated[list[EventName], Field(max_length=200)] = []
    """Events of installed and of other remote modules."""
    emits: Annotated[list[ManifestEmit], Field(max_length=200)] = []


class ManifestPayment(Part):
    """Something for which the module raises payments."""

    kind: PaymentKind
    """`{id}.{thing}`: `bookings.booking`."""
    title: Line
    refunds: bool = False
    """Whether the module gives money back."""


class ManifestData(Part):
    """Data that the module keeps on its own side."""

    name: Line
    personal: bool
    """Whether it tells of people."""
    retention: Line
    """How long it is kept, in words: “7 years after the booking”."""


class Manifest(Part):
    """Everything that a module says of itself."""

    protocol: Literal[1]
    """The version of this description."""
    id: Name
    """The module's one name: of its paths, and the first word of its permissions, events and payments."""
    title: Line
    version: Version
    kind: Literal["truth", "workflow", "foundation"]
    """A truth keeps facts, a workflow is what people do; `foundation` is for parts of Banksia alone."""
    description: Text = ""
    publisher: ManifestPublisher
    licence: OptionalLine = ""
    support: ManifestSupport = ManifestSupport()
    requires: Annotated[list[ManifestRequirement], Field(max_length=50)] = []
    provides: Annotated[list[ManifestProvision], Field(max_length=100)] = []
    permissions: Annotated[list[ManifestPermission], Field(max_length=100)] = []
    routes: Annotated[list[ManifestRoute], Field(max_length=1000)] = []
    limits: ManifestLimits = ManifestLimits()
    pages: ManifestPages | None = None
    widgets: Annotated[list[ManifestWidget], Field(max_length=20)] = []
    events: ManifestEvents = ManifestEvents()
    payments: Annotated[list[ManifestPayment], Field(max_length=50)] = []
    capabilities: Annotated[list[Capability], Field(max_length=len(CAPABILITIES))] = []
    """What the module may call here, beside what the person for whom it calls may do."""
    settings: JsonObject = {}
    """JSON Schema of an object, drawn as a form for the administrator."""
    data: Annotated[list[ManifestData], Field(max_length=100)] = []
    """What is kept on the module's own side; the administrator reads it before approving."""
    health: PlainPath = "/health"
    """Answers 200 while the module is well; asked every five minutes."""

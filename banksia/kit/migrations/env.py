"""The one Alembic environment; it is run once per module and sees only that module's schema."""

from alembic import context

from banksia.kit.models import Base

config = context.config
schema: str = config.attributes["schema"]


def of_this_schema(name: str | None, kind: str, _parents: object) -> bool:
    """Whether autogenerate looks at something found in the database."""
    return name == schema if kind == "schema" else True


def of_this_module(thing: object, _name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Whether autogenerate compares a table; the others belong to other modules."""
    if kind == "table":
        return getattr(thing, "schema", None) == schema and getattr(thing, "name", "") != "alembic_version"
    return True


context.configure(
    connection=config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table_schema=schema,
    include_schemas=True,
    include_name=of_this_schema,
    include_object=of_this_module,
    compare_server_default=False,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()

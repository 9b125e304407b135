"""Create property files."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "fil083019"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create property files."""
    op.create_table(
        "folders",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_folders_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folders")),
        sa.UniqueConstraint("organisation_id", "key", name=op.f("uq_folders_organisation_id_key")),
        schema="files",
        info={"append_only": False},
    )
    op.create_table(
        "documents",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("folder_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("parcel", sa.Text(), nullable=True),
        sa.Column("property_label", sa.Text(), nullable=False),
        sa.Column("latest_number", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["folder_id"], ["files.folders.id"], name=op.f("fk_documents_folder_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_documents_organisation_id")
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.properties.id"], name=op.f("fk_documents_property_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        schema="files",
        info={"append_only": False},
    )
    op.create_index(
        op.f("ix_documents_organisation_id_property_id_changed_at_id"),
        "documents",
        ["organisation_id", "property_id", "changed_at", "id"],
        unique=False,
        schema="files",
    )
    op.create_index(
        op.f("ix_documents_organisation_id_property_id_folder_id_changed_at_id"),
        "documents",
        ["organisation_id", "property_id", "folder_id", "changed_at", "id"],
        unique=False,
        schema="files",
    )
    op.create_table(
        "activities",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("folder_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["files.documents.id"], name=op.f("fk_activities_document_id")),
        sa.ForeignKeyConstraint(["folder_id"], ["files.folders.id"], name=op.f("fk_activities_folder_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_activities_organisation_id")
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.properties.id"], name=op.f("fk_activities_property_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        schema="files",
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_activities_organisation_id_document_id_id"),
        "activities",
        ["organisation_id", "document_id", "id"],
        unique=False,
        schema="files",
    )
    op.create_index(
        op.f("ix_activities_organisation_id_property_id_id"),
        "activities",
        ["organisation_id", "property_id", "id"],
        unique=False,
        schema="files",
    )
    op.create_table(
        "document_versions",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("virus_scan", sa.Text(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("added_by_name", sa.Text(), nullable=False),
        sa.Column("origin_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_document_versions_number_positive")),
        sa.ForeignKeyConstraint(["document_id"], ["files.documents.id"], name=op.f("fk_document_versions_document_id")),
        sa.ForeignKeyConstraint(["object_id"], ["storage.objects.id"], name=op.f("fk_document_versions_object_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_document_versions_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_versions")),
        sa.UniqueConstraint(
            "organisation_id",
            "document_id",
            "number",
            name=op.f("uq_document_versions_organisation_id_document_id_number"),
        ),
        sa.UniqueConstraint(
            "organisation_id", "origin_id", name=op.f("uq_document_versions_organisation_id_origin_id")
        ),
        schema="files",
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_document_versions_organisation_id_sha256"),
        "document_versions",
        ["organisation_id", "sha256"],
        unique=False,
        schema="files",
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index(op.f("ix_document_versions_organisation_id_sha256"), table_name="document_versions", schema="files")
    op.drop_table("document_versions", schema="files")
    op.drop_index(op.f("ix_activities_organisation_id_property_id_id"), table_name="activities", schema="files")
    op.drop_index(op.f("ix_activities_organisation_id_document_id_id"), table_name="activities", schema="files")
    op.drop_table("activities", schema="files")
    op.drop_index(
        op.f("ix_documents_organisation_id_property_id_folder_id_changed_at_id"), table_name="documents", schema="files"
    )
    op.drop_index(
        op.f("ix_documents_organisation_id_property_id_changed_at_id"), table_name="documents", schema="files"
    )
    op.drop_table("documents", schema="files")
    op.drop_table("folders", schema="files")

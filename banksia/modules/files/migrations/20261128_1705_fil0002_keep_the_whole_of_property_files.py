"""Applications, comments, reminders, sendings, removals, retention, bulk loads, and finding words in documents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "fil0002"
down_revision = "fil083019"
branch_labels = None
depends_on = None


# What was there before is read like what comes.
WAITING = """
INSERT INTO files.contents (id, created_at, organisation_id, object_id, text_state, text, text_note, picture_state,
                            picture_note, is_scan, ocr_pages_done, ocr_seconds, virus_scan, virus_name)
SELECT DISTINCT ON (organisation_id, object_id) gen_random_uuid(), now(), organisation_id, object_id, 'waiting', '', '',
       'waiting', '', false, 0, 0, 'not_scanned', ''
  FROM files.document_versions
"""
WORDS = r"""
INSERT INTO files.document_words (id, created_at, organisation_id, document_id, words)
SELECT gen_random_uuid(), now(), d.organisation_id, d.id,
       setweight(to_tsvector('english', regexp_replace(d.title, '[^[:alnum:]]+', ' ', 'g')), 'A')
       || setweight(to_tsvector('english', regexp_replace(
            d.description || ' ' || (SELECT string_agg(v.file_name, ' ') FROM files.document_versions v
                                      WHERE v.document_id = d.id), '[^[:alnum:]]+', ' ', 'g')), 'B')
  FROM files.documents d
"""
# Under a policy only leakproof operators use an index, and `@@` is none: so this runs as the owner and keeps to the
# council by itself. A very common word answers from a part of its documents, so that no search takes long.
FIND = """
CREATE FUNCTION files.find_documents(
    wanted tsquery, of_property uuid, folder_kind text, number text, from_on date, until_on date, person text,
    restricted boolean, most integer
) RETURNS TABLE (document_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET gin_fuzzy_search_limit = 5000 AS $$
DECLARE
    council uuid := nullif(current_setting('banksia.organisation_id', true), '')::uuid;
BEGIN
    RETURN QUERY
    WITH found AS MATERIALIZED (
        SELECT w.document_id FROM files.document_words w
         WHERE of_property IS NULL AND w.words @@ wanted AND w.organisation_id = council
        UNION ALL
        SELECT w.document_id
          FROM (SELECT d.id FROM files.documents d
                 WHERE d.organisation_id = council AND d.property_id = of_property
                UNION
                SELECT l.document_id FROM files.document_links l
                 WHERE l.organisation_id = council AND l.property_id = of_property) own
          JOIN files.document_words w ON w.document_id = own.id AND w.organisation_id = council
         WHERE of_property IS NOT NULL AND w.words @@ wanted
    )
    SELECT d.id
      FROM found
      JOIN files.documents d ON d.id = found.document_id
      JOIN files.folders f ON f.id = d.folder_id
     WHERE d.organisation_id = council AND d.state = 'present'
       AND (restricted OR NOT f.is_restricted)
       AND (folder_kind IS NULL OR f.kind = folder_kind)
       AND (number IS NULL OR f.application_number = number)
       AND (from_on IS NULL OR coalesce(d.dated_on, (d.created_at AT TIME ZONE 'Australia/Sydney')::date) >= from_on)
       AND (until_on IS NULL OR coalesce(d.dated_on, (d.created_at AT TIME ZONE 'Australia/Sydney')::date) <= until_on)
       AND (person IS NULL OR EXISTS (
            SELECT FROM files.document_versions v
             WHERE v.organisation_id = council AND v.document_id = d.id
               AND strpos(lower(v.added_by_name), lower(person)) > 0))
     ORDER BY d.id DESC
     LIMIT most;
END $$
"""


def upgrade() -> None:
    """Add them; what is there stays, and waits for its text to be read."""
    op.create_table(
        "retention_classes",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("keep_years", sa.Integer(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("until_demolished", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(trigger = 'never') = (keep_years IS NULL)", name=op.f("ck_retention_classes_forever_without_years")
        ),
        sa.CheckConstraint(
            "trigger IN ('added', 'dated', 'folder_closed', 'never')", name=op.f("ck_retention_classes_trigger_known")
        ),
        sa.CheckConstraint("keep_years BETWEEN 0 AND 200", name=op.f("ck_retention_classes_keep_years_possible")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_retention_classes_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_classes")),
        sa.UniqueConstraint("organisation_id", "code", name=op.f("uq_retention_classes_organisation_id_code")),
        schema="files",
        info={"append_only": False},
    )
    op.create_table(
        "sendings",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("to_email", sa.Text(), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by_name", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_sendings_organisation_id")
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.properties.id"], name=op.f("fk_sendings_property_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sendings")),
        schema="files",
        info={"append_only": False},
    )
    op.create_index(
        op.f("ix_sendings_organisation_id_property_id_id"),
        "sendings",
        ["organisation_id", "property_id", "id"],
        unique=False,
        schema="files",
    )
    op.create_index(
        op.f("ix_sendings_organisation_id_token_hash"),
        "sendings",
        ["organisation_id", "token_hash"],
        unique=True,
        schema="files",
        postgresql_where=sa.text("token_hash IS NOT NULL"),
    )
    op.create_table(
        "batches",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("manifest_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("bytes_loaded", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("started_by_id", sa.Uuid(), nullable=True),
        sa.Column("started_by_name", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('checking', 'checked', 'loading', 'loaded', 'undoing', 'undone', 'failed')",
            name=op.f("ck_batches_state_known"),
        ),
        sa.ForeignKeyConstraint(["manifest_id"], ["storage.objects.id"], name=op.f("fk_batches_manifest_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_batches_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
        schema="files",
        info={"append_only": False},
    )
    op.create_index(
        op.f("ix_batches_organisation_id_id"), "batches", ["organisation_id", "id"], unique=False, schema="files"
    )
    op.create_table(
        "contents",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("text_state", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_note", sa.Text(), nullable=False),
        sa.Column("picture_state", sa.Text(), nullable=False),
        sa.Column("picture_note", sa.Text(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=True),
        sa.Column("is_scan", sa.Boolean(), nullable=False),
        sa.Column("thumbnail_id", sa.Uuid(), nullable=True),
        sa.Column("preview_id", sa.Uuid(), nullable=True),
        sa.Column("ocr_pages_done", sa.Integer(), nullable=False),
        sa.Column("ocr_seconds", sa.Double(), nullable=False),
        sa.Column("virus_scan", sa.Text(), nullable=False),
        sa.Column("virus_name", sa.Text(), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "picture_state IN ('waiting', 'done', 'none', 'unavailable')", name=op.f("ck_contents_picture_state_known")
        ),
        sa.CheckConstraint(
            "text_state IN ('waiting', 'done', 'none', 'unavailable', 'ocr_waiting', 'ocr_done', 'ocr_failed')",
            name=op.f("ck_contents_text_state_known"),
        ),
        sa.CheckConstraint(
            "virus_scan IN ('not_scanned', 'clean', 'infected')", name=op.f("ck_contents_virus_scan_known")
        ),
        sa.ForeignKeyConstraint(["object_id"], ["storage.objects.id"], name=op.f("fk_contents_object_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_contents_organisation_id")
        ),
        sa.ForeignKeyConstraint(["preview_id"], ["storage.objects.id"], name=op.f("fk_contents_preview_id")),
        sa.ForeignKeyConstraint(["thumbnail_id"], ["storage.objects.id"], name=op.f("fk_contents_thumbnail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contents")),
        sa.UniqueConstraint("organisation_id", "object_id", name=op.f("uq_contents_organisation_id_object_id")),
        schema="files",
        info={"append_only": False},
    )
    op.create_index(
        "ix_contents_not_scanned",
        "contents",
        ["organisation_id", "id"],
        unique=False,
        schema="files",
        postgresql_where=sa.text("virus_scan = 'not_scanned'"),
    )
    op.create_index(
        "ix_contents_scans",
        "contents",
        ["organisation_id", "text_state", "id"],
        unique=False,
        schema="files",
        postgresql_where=sa.text("is_scan"),
    )
    op.create_index(
        op.f("ix_contents_organisation_id_id"),
        "contents",
        ["organisation_id", "id"],
        unique=False,
        schema="files",
        postgresql_where=sa.text("text_state = 'waiting' OR picture_state = 'waiting'"),
    )
    op.create_table(
        "disposals",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_by_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("made_by_name", sa.Text(), nullable=False),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_by_name", sa.Text(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'cancelled', 'done')", name=op.f("ck_disposals_state_known")
        ),
        sa.CheckConstraint("approved_by_id <> made_by_id", name=op.f("ck_disposals_approved_by_another")),
        sa.ForeignKeyConstraint(["certificate_id"], ["storage.objects.id"], name=op.f("fk_disposals_certificate_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_disposals_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposals")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_disposals_organisation_id_number")),
        schema="files",
        info={"append_only": False},
    )
    op.create_table(
        "batch_rows",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("folder_words", sa.Text(), nullable=False),
        sa.Column("property_words", sa.Text(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=True),
        sa.Column("parcel", sa.Text(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("created", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["files.batches.id"], name=op.f("fk_batch_rows_batch_id")),
        sa.ForeignKeyConstraint(["document_id"], ["files.documents.id"], name=op.f("fk_batch_rows_document_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_batch_rows_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_rows")),
        sa.UniqueConstraint(
            "organisation_id", "batch_id", "number", name=op.f("uq_batch_rows_organisation_id_batch_id_number")
        ),
        schema="files",
        info={"append_only": False},
    )
    op.create_index(
        op.f("ix_batch_rows_organisation_id_batch_id_verdict_number"),
        "batch_rows",
        ["organisation_id", "batch_id", "verdict", "number"],
        unique=False,
        schema="files",
    )
    op.create_table(
        "comments",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("folder_id", sa.Uuid(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["files.documents.id"], name=op.f("fk_comments_document_id")),
        sa.ForeignKeyConstraint(["folder_id"], ["files.folders.id"], name=op.f("fk_comments_folder_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_comments_organisation_id")
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.properties.id"], name=op.f("fk_comments_property_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        schema="files",
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_comments_organisation_id_document_id_id"),
        "comments",
        ["organisation_id", "document_id", "id"],
        unique=False,
        schema="files",
    )
    op.create_index(
        op.f("ix_comments_organisation_id_property_id_id"),
        "comments",
        ["organisation_id", "property_id", "id"],
        unique=False,
        schema="files",
    )
    op.create_table(
        "disposal_documents",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("disposal_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("class_code", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("kept_because", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["disposal_id"], ["files.disposals.id"], name=op.f("fk_disposal_documents_disposal_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["files.documents.id"], name=op.f("fk_disposal_documents_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_disposal_documents_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_documents")),
        sa.UniqueConstraint(
            "organisation_id",
            "disposal_id",
            "document_id",
            name=op.f("uq_disposal_documents_organisation_id_disposal_id_document_id"),
        ),
        schema="files",
        info={"append_only": False},
    )
    op.create_index(
        op.f("ix_disposal_documents_organisation_id_document_id"),
        "disposal_documents",
        ["organisation_id", "document_id"],
        unique=False,
        schema="files",
    )
    op.create_table(
        "document_links",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("folder_id", sa.Uuid(), nullable=False),
        sa.Column("parcel", sa.Text(), nullable=True),
        sa.Column("linked_by_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["files.documents.id"], name=op.f("fk_document_links_document_id")),
        sa.ForeignKeyConstraint(["folder_id"], ["files.folders.id"], name=op.f("fk_document_links_folder_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_document_links_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.properties.id"], name=op.f("fk_document_links_property_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_links")),
        sa.UniqueConstraint(
            "organisation_id",
            "property_id",
            "document_id",
            name=op.f("uq_document_links_organisation_id_property_id_document_id"),
        ),
        schema="files",
        info={"append_only": False},
    )
    op.create_index(
        op.f("ix_document_links_organisation_id_document_id"),
        "document_links",
        ["organisation_id", "document_id"],
        unique=False,
        schema="files",
    )
    op.create_index(
        op.f("ix_document_links_organisation_id_property_id_folder_id"),
        "document_links",
        ["organisation_id", "property_id", "folder_id"],
        unique=False,
        schema="files",
    )
    op.create_table(
        "document_words",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["files.documents.id"], name=op.f("fk_document_words_document_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_document_words_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_words")),
        sa.UniqueConstraint(
            "organisation_id", "document_id", name=op.f("uq_document_words_organisation_id_document_id")
        ),
        schema="files",
        info={"append_only": False},
    )
    op.create_index(
        op.f("ix_document_words_words"),
        "document_words",
        ["words"],
        unique=False,
        schema="files",
        postgresql_using="gin",
    )
    op.create_table(
        "holds",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("folder_id", sa.Uuid(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_by_name", sa.Text(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_name", sa.Text(), nullable=True),
        sa.Column("lifted_because", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["files.documents.id"], name=op.f("fk_holds_document_id")),
        sa.ForeignKeyConstraint(["folder_id"], ["files.folders.id"], name=op.f("fk_holds_folder_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_holds_organisation_id")
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.properties.id"], name=op.f("fk_holds_property_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
        schema="files",
        info={"append_only": False},
    )
    op.create_index(
        op.f("ix_holds_organisation_id_property_id"),
        "holds",
        ["organisation_id", "property_id"],
        unique=False,
        schema="files",
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.create_table(
        "reminders",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("folder_id", sa.Uuid(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("remind_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_by_name", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["files.documents.id"], name=op.f("fk_reminders_document_id")),
        sa.ForeignKeyConstraint(["folder_id"], ["files.folders.id"], name=op.f("fk_reminders_folder_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_reminders_organisation_id")
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.properties.id"], name=op.f("fk_reminders_property_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        schema="files",
        info={"append_only": False},
    )
    op.create_index(
        op.f("ix_reminders_organisation_id_property_id_id"),
        "reminders",
        ["organisation_id", "property_id", "id"],
        unique=False,
        schema="files",
    )
    op.create_index(
        op.f("ix_reminders_organisation_id_remind_on_id"),
        "reminders",
        ["organisation_id", "remind_on", "id"],
        unique=False,
        schema="files",
        postgresql_where=sa.text("sent_at IS NULL AND cancelled_at IS NULL"),
    )
    op.create_table(
        "removals",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=False),
        sa.Column("requested_by_name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("disposal_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'refused', 'withdrawn', 'isolated', 'restored', 'purged')",
            name=op.f("ck_removals_state_known"),
        ),
        sa.CheckConstraint("decided_by_id <> requested_by_id", name=op.f("ck_removals_decided_by_another")),
        sa.ForeignKeyConstraint(["disposal_id"], ["files.disposals.id"], name=op.f("fk_removals_disposal_id")),
        sa.ForeignKeyConstraint(["document_id"], ["files.documents.id"], name=op.f("fk_removals_document_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_removals_organisation_id")
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.properties.id"], name=op.f("fk_removals_property_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removals")),
        schema="files",
        info={"append_only": False},
    )
    op.create_index(
        op.f("ix_removals_organisation_id_document_id_id"),
        "removals",
        ["organisation_id", "document_id", "id"],
        unique=False,
        schema="files",
    )
    op.create_index(
        op.f("ix_removals_organisation_id_state_id"),
        "removals",
        ["organisation_id", "state", "id"],
        unique=False,
        schema="files",
    )
    op.create_index(
        "uq_removals_open",
        "removals",
        ["organisation_id", "document_id"],
        unique=True,
        schema="files",
        postgresql_where=sa.text("state IN ('asked', 'isolated')"),
    )
    op.create_table(
        "sent_documents",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("sending_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["files.documents.id"], name=op.f("fk_sent_documents_document_id")),
        sa.ForeignKeyConstraint(["object_id"], ["storage.objects.id"], name=op.f("fk_sent_documents_object_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_sent_documents_organisation_id")
        ),
        sa.ForeignKeyConstraint(["sending_id"], ["files.sendings.id"], name=op.f("fk_sent_documents_sending_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_documents")),
        sa.UniqueConstraint(
            "organisation_id",
            "sending_id",
            "document_id",
            name=op.f("uq_sent_documents_organisation_id_sending_id_document_id"),
        ),
        schema="files",
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_sent_documents_organisation_id_document_id"),
        "sent_documents",
        ["organisation_id", "document_id"],
        unique=False,
        schema="files",
    )
    op.alter_column("activities", "folder_id", existing_type=sa.UUID(), nullable=True, schema="files")
    op.alter_column("activities", "document_id", existing_type=sa.UUID(), nullable=True, schema="files")
    op.alter_column("activities", "version_number", existing_type=sa.INTEGER(), nullable=True, schema="files")
    op.create_index(
        "ix_activities_changes",
        "activities",
        ["organisation_id", "property_id", "id"],
        unique=False,
        schema="files",
        postgresql_where=sa.text("action NOT IN ('document_viewed', 'document_downloaded')"),
    )
    op.create_index(
        op.f("ix_activities_organisation_id_folder_id_id"),
        "activities",
        ["organisation_id", "folder_id", "id"],
        unique=False,
        schema="files",
    )
    op.drop_column("document_versions", "virus_scan", schema="files")
    op.add_column("documents", sa.Column("dated_on", sa.Date(), nullable=True), schema="files")
    op.add_column("documents", sa.Column("state", sa.Text(), nullable=False, server_default="present"), schema="files")
    op.add_column("documents", sa.Column("isolated_at", sa.DateTime(timezone=True), nullable=True), schema="files")
    op.add_column("documents", sa.Column("purge_after_at", sa.DateTime(timezone=True), nullable=True), schema="files")
    op.add_column("documents", sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=True), schema="files")
    op.add_column("documents", sa.Column("pinned_by_name", sa.Text(), nullable=True), schema="files")
    op.add_column("documents", sa.Column("batch_id", sa.Uuid(), nullable=True), schema="files")
    op.create_index(
        op.f("ix_documents_organisation_id_batch_id_id"),
        "documents",
        ["organisation_id", "batch_id", "id"],
        unique=False,
        schema="files",
        postgresql_where=sa.text("batch_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_documents_organisation_id_folder_id"),
        "documents",
        ["organisation_id", "folder_id"],
        unique=False,
        schema="files",
    )
    op.create_index(
        op.f("ix_documents_organisation_id_purge_after_at_id"),
        "documents",
        ["organisation_id", "purge_after_at", "id"],
        unique=False,
        schema="files",
        postgresql_where=sa.text("state = 'isolated'"),
    )
    op.create_foreign_key(
        op.f("fk_documents_batch_id"),
        "documents",
        "batches",
        ["batch_id"],
        ["id"],
        source_schema="files",
        referent_schema="files",
    )
    op.add_column("folders", sa.Column("kind", sa.Text(), nullable=False, server_default="fixed"), schema="files")
    op.add_column("folders", sa.Column("property_id", sa.Uuid(), nullable=True), schema="files")
    op.add_column("folders", sa.Column("parent_id", sa.Uuid(), nullable=True), schema="files")
    op.add_column("folders", sa.Column("application_number", sa.Text(), nullable=True), schema="files")
    op.add_column("folders", sa.Column("retention_class_id", sa.Uuid(), nullable=True), schema="files")
    op.add_column(
        "folders", sa.Column("is_restricted", sa.Boolean(), nullable=False, server_default="false"), schema="files"
    )
    op.add_column("folders", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True), schema="files")
    op.add_column("folders", sa.Column("demolished_on", sa.Date(), nullable=True), schema="files")
    op.add_column("folders", sa.Column("archived_by_name", sa.Text(), nullable=True), schema="files")
    op.add_column("folders", sa.Column("created_by_name", sa.Text(), nullable=False, server_default=""), schema="files")
    op.alter_column("folders", "key", existing_type=sa.TEXT(), nullable=True, schema="files")
    op.create_index(
        op.f("ix_folders_organisation_id_property_id_parent_id_position_id"),
        "folders",
        ["organisation_id", "property_id", "parent_id", "position", "id"],
        unique=False,
        schema="files",
    )
    op.create_index(
        "uq_folders_application",
        "folders",
        ["organisation_id", "property_id", "application_number"],
        unique=True,
        schema="files",
        postgresql_where=sa.text("parent_id IS NULL AND application_number IS NOT NULL"),
    )
    op.create_index(
        "uq_folders_name_in_parent",
        "folders",
        ["organisation_id", "property_id", "parent_id", sa.literal_column("lower(name)")],
        unique=True,
        schema="files",
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_foreign_key(
        op.f("fk_folders_parent_id"),
        "folders",
        "folders",
        ["parent_id"],
        ["id"],
        source_schema="files",
        referent_schema="files",
    )
    op.create_foreign_key(
        op.f("fk_folders_retention_class_id"),
        "folders",
        "retention_classes",
        ["retention_class_id"],
        ["id"],
        source_schema="files",
        referent_schema="files",
    )
    op.create_foreign_key(
        op.f("fk_folders_property_id"),
        "folders",
        "properties",
        ["property_id"],
        ["id"],
        source_schema="files",
        referent_schema="property",
    )
    for table, column in (
        ("documents", "state"),
        ("folders", "kind"),
        ("folders", "is_restricted"),
        ("folders", "created_by_name"),
    ):
        op.alter_column(table, column, server_default=None, schema="files")
    op.create_check_constraint(
        op.f("ck_documents_state_known"), "documents", "state IN ('present', 'isolated', 'purged')", schema="files"
    )
    op.create_check_constraint(
        op.f("ck_folders_kind_known"), "folders", "kind IN ('fixed', 'application', 'own')", schema="files"
    )
    op.create_check_constraint(
        op.f("ck_folders_property_unless_fixed"), "folders", "property_id IS NOT NULL OR kind = 'fixed'", schema="files"
    )
    op.execute(WAITING)
    op.execute(WORDS)
    op.execute(FIND)


def downgrade() -> None:
    """Undo it."""
    op.execute("DROP FUNCTION files.find_documents")
    for constraint, table in (
        ("kind_known", "folders"),
        ("property_unless_fixed", "folders"),
        ("state_known", "documents"),
    ):
        op.drop_constraint(op.f(f"ck_{table}_{constraint}"), table, schema="files")
    op.drop_constraint(op.f("fk_folders_property_id"), "folders", schema="files", type_="foreignkey")
    op.drop_constraint(op.f("fk_folders_retention_class_id"), "folders", schema="files", type_="foreignkey")
    op.drop_constraint(op.f("fk_folders_parent_id"), "folders", schema="files", type_="foreignkey")
    op.drop_index(
        "uq_folders_name_in_parent",
        table_name="folders",
        schema="files",
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.drop_index(
        "uq_folders_application",
        table_name="folders",
        schema="files",
        postgresql_where=sa.text("parent_id IS NULL AND application_number IS NOT NULL"),
    )
    op.drop_index(
        op.f("ix_folders_organisation_id_property_id_parent_id_position_id"), table_name="folders", schema="files"
    )
    op.alter_column("folders", "key", existing_type=sa.TEXT(), nullable=False, schema="files")
    op.drop_column("folders", "created_by_name", schema="files")
    op.drop_column("folders", "archived_by_name", schema="files")
    op.drop_column("folders", "demolished_on", schema="files")
    op.drop_column("folders", "archived_at", schema="files")
    op.drop_column("folders", "is_restricted", schema="files")
    op.drop_column("folders", "retention_class_id", schema="files")
    op.drop_column("folders", "application_number", schema="files")
    op.drop_column("folders", "parent_id", schema="files")
    op.drop_column("folders", "property_id", schema="files")
    op.drop_column("folders", "kind", schema="files")
    op.drop_constraint(op.f("fk_documents_batch_id"), "documents", schema="files", type_="foreignkey")
    op.drop_index(
        op.f("ix_documents_organisation_id_purge_after_at_id"),
        table_name="documents",
        schema="files",
        postgresql_where=sa.text("state = 'isolated'"),
    )
    op.drop_index(op.f("ix_documents_organisation_id_folder_id"), table_name="documents", schema="files")
    op.drop_index(
        op.f("ix_documents_organisation_id_batch_id_id"),
        table_name="documents",
        schema="files",
        postgresql_where=sa.text("batch_id IS NOT NULL"),
    )
    op.drop_column("documents", "batch_id", schema="files")
    op.drop_column("documents", "pinned_by_name", schema="files")
    op.drop_column("documents", "pinned_at", schema="files")
    op.drop_column("documents", "purge_after_at", schema="files")
    op.drop_column("documents", "isolated_at", schema="files")
    op.drop_column("documents", "state", schema="files")
    op.drop_column("documents", "dated_on", schema="files")
    op.add_column(
        "document_versions",
        sa.Column("virus_scan", sa.TEXT(), nullable=False, server_default="not_scanned"),
        schema="files",
    )
    op.drop_index(op.f("ix_activities_organisation_id_folder_id_id"), table_name="activities", schema="files")
    op.drop_index(
        "ix_activities_changes",
        table_name="activities",
        schema="files",
        postgresql_where=sa.text("action NOT IN ('document_viewed', 'document_downloaded')"),
    )
    op.alter_column("activities", "version_number", existing_type=sa.INTEGER(), nullable=False, schema="files")
    op.alter_column("activities", "document_id", existing_type=sa.UUID(), nullable=False, schema="files")
    op.alter_column("activities", "folder_id", existing_type=sa.UUID(), nullable=False, schema="files")
    op.drop_index(op.f("ix_sent_documents_organisation_id_document_id"), table_name="sent_documents", schema="files")
    op.drop_table("sent_documents", schema="files")
    op.drop_index(
        "uq_removals_open",
        table_name="removals",
        schema="files",
        postgresql_where=sa.text("state IN ('asked', 'isolated')"),
    )
    op.drop_index(op.f("ix_removals_organisation_id_state_id"), table_name="removals", schema="files")
    op.drop_index(op.f("ix_removals_organisation_id_document_id_id"), table_name="removals", schema="files")
    op.drop_table("removals", schema="files")
    op.drop_index(
        op.f("ix_reminders_organisation_id_remind_on_id"),
        table_name="reminders",
        schema="files",
        postgresql_where=sa.text("sent_at IS NULL AND cancelled_at IS NULL"),
    )
    op.drop_index(op.f("ix_reminders_organisation_id_property_id_id"), table_name="reminders", schema="files")
    op.drop_table("reminders", schema="files")
    op.drop_index(
        op.f("ix_holds_organisation_id_property_id"),
        table_name="holds",
        schema="files",
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.drop_table("holds", schema="files")
    op.drop_index(op.f("ix_document_words_words"), table_name="document_words", schema="files", postgresql_using="gin")
    op.drop_table("document_words", schema="files")
    op.drop_index(
        op.f("ix_document_links_organisation_id_property_id_folder_id"), table_name="document_links", schema="files"
    )
    op.drop_index(op.f("ix_document_links_organisation_id_document_id"), table_name="document_links", schema="files")
    op.drop_table("document_links", schema="files")
    op.drop_index(
        op.f("ix_disposal_documents_organisation_id_document_id"), table_name="disposal_documents", schema="files"
    )
    op.drop_table("disposal_documents", schema="files")
    op.drop_index(op.f("ix_comments_organisation_id_property_id_id"), table_name="comments", schema="files")
    op.drop_index(op.f("ix_comments_organisation_id_document_id_id"), table_name="comments", schema="files")
    op.drop_table("comments", schema="files")
    op.drop_index(
        op.f("ix_batch_rows_organisation_id_batch_id_verdict_number"), table_name="batch_rows", schema="files"
    )
    op.drop_table("batch_rows", schema="files")
    op.drop_table("disposals", schema="files")
    op.drop_index(
        op.f("ix_contents_organisation_id_id"),
        table_name="contents",
        schema="files",
        postgresql_where=sa.text("text_state = 'waiting' OR picture_state = 'waiting'"),
    )
    op.drop_index(
        "ix_contents_scans",
        table_name="contents",
        schema="files",
        postgresql_where=sa.text("is_scan"),
    )
    op.drop_index(
        "ix_contents_not_scanned",
        table_name="contents",
        schema="files",
        postgresql_where=sa.text("virus_scan = 'not_scanned'"),
    )
    op.drop_table("contents", schema="files")
    op.drop_index(op.f("ix_batches_organisation_id_id"), table_name="batches", schema="files")
    op.drop_table("batches", schema="files")
    op.drop_index(
        op.f("ix_sendings_organisation_id_token_hash"),
        table_name="sendings",
        schema="files",
        postgresql_where=sa.text("token_hash IS NOT NULL"),
    )
    op.drop_index(op.f("ix_sendings_organisation_id_property_id_id"), table_name="sendings", schema="files")
    op.drop_table("sendings", schema="files")
    op.drop_table("retention_classes", schema="files")

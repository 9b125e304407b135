"""The words that documents are found by have one writer, in the transaction of what changed them: nothing drifts."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.files import queries

# At most 400,000 letters of a text: a tsvector holds a megabyte.
_INDEX = text(r"""
WITH placed AS (
    SELECT d.id, coalesce(w.place, (SELECT coalesce(max(place), 0) FROM files.document_words
                                     WHERE organisation_id = :organisation_id)
                                   + row_number() OVER (PARTITION BY w.place IS NULL ORDER BY d.id)) AS place
      FROM files.documents d
      LEFT JOIN files.document_words w ON w.organisation_id = d.organisation_id AND w.document_id = d.id
     WHERE d.organisation_id = :organisation_id AND d.id = ANY(:ids) AND d.state = 'present')
INSERT INTO files.document_words (id, created_at, organisation_id, document_id, place, words)
SELECT gen_random_uuid(), now(), d.organisation_id, d.id, placed.place,
       array_to_tsvector(
           files.narrowing_words(d.organisation_id, f.kind, files.day_of(d.dated_on, d.created_at, o.time_zone),
                                 ARRAY(SELECT v.added_by_name FROM files.document_versions v
                                        WHERE v.organisation_id = d.organisation_id AND v.document_id = d.id))
           || files.batches_of(d.organisation_id, placed.place))
       || setweight(files.typed_words(d.title), 'A')
       || setweight(files.typed_words(
              concat_ws(' ', d.description,
                        (SELECT string_agg(v.file_name, ' ') FROM files.document_versions v
                          WHERE v.organisation_id = d.organisation_id AND v.document_id = d.id),
                        (SELECT string_agg(c.text, ' ') FROM files.comments c
                          WHERE c.organisation_id = d.organisation_id AND c.document_id = d.id))), 'B')
       || setweight(to_tsvector('english', regexp_replace(
              left(coalesce(t.text, ''), 400000), '[^[:alnum:]]+', ' ', 'g')), 'D')
  FROM placed
  JOIN files.documents d ON d.organisation_id = :organisation_id AND d.id = placed.id
  JOIN files.folders f ON f.organisation_id = d.organisation_id AND f.id = d.folder_id
  JOIN organisations.organisations o ON o.id = d.organisation_id
  JOIN files.document_versions l
    ON l.organisation_id = d.organisation_id AND l.document_id = d.id AND l.number = d.latest_number
  LEFT JOIN files.contents t ON t.organisation_id = d.organisation_id AND t.object_id = l.object_id
ON CONFLICT (organisation_id, document_id) DO UPDATE SET place = excluded.place, words = excluded.words
""")
_FORGET = text("""
DELETE FROM files.document_words w USING files.documents d
 WHERE w.organisation_id = :organisation_id AND w.document_id = ANY(:ids)
   AND d.organisation_id = :organisation_id AND d.id = w.document_id AND d.state <> 'present'
""")


def index_documents(session: Session, document_ids: Collection[UUID]) -> None:
    """Write anew what documents are found by; those that are isolated or gone are found no more.

    Writers of one document take turns before they read its words: who waited for the other's row in the statement that
    writes would put back what was read before the other had written.
    """
    session.flush()
    organisation_id, ids = organisation_id_of(session), list(document_ids)
    session.execute(queries.lock_documents(organisation_id, ids))
    values = {"organisation_id": organisation_id, "ids": ids}
    session.execute(_INDEX, values)
    session.execute(_FORGET, values)

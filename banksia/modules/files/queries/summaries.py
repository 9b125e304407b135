"""The files of several properties, each in one row."""

from sqlalchemy import TextClause, text

SUMMARIES: TextClause = text("""
SELECT p.id AS property_id, folders.counts, folders.total, pinned.titles,
       last.actor_name, last.action, last.created_at,
       said.text AS comment, said.author_name AS comment_by, said.created_at AS comment_at
  FROM unnest(CAST(:property_ids AS uuid[])) WITH ORDINALITY AS p(id, place)
  LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('folder_id', f.id, 'document_count', c.count, 'name',
                          CASE WHEN f.application_number IS NULL OR f.parent_id IS NULL THEN f.name
                               ELSE 'DA ' || f.application_number || ', ' || f.name END)
                        ORDER BY f.kind DESC, f.position, f.name) AS counts, sum(c.count)::int AS total
         FROM (SELECT d.folder_id, count(*) FROM files.documents d
                WHERE d.organisation_id = :organisation_id AND d.property_id = p.id AND d.state = 'present'
                GROUP BY d.folder_id) c
         JOIN files.folders f ON f.id = c.folder_id
        WHERE :restricted OR NOT f.is_restricted) folders ON true
  LEFT JOIN LATERAL (
       SELECT jsonb_agg(newest.title) AS titles
         FROM (SELECT d.title FROM files.documents d JOIN files.folders f ON f.id = d.folder_id
                WHERE d.organisation_id = :organisation_id AND d.property_id = p.id AND d.state = 'present'
                  AND d.pinned_at IS NOT NULL AND (:restricted OR NOT f.is_restricted)
                ORDER BY d.pinned_at DESC LIMIT 3) newest) pinned ON true
  LEFT JOIN LATERAL (
       SELECT a.actor_name, a.action, a.created_at FROM files.activities a
        WHERE a.organisation_id = :organisation_id AND a.property_id = p.id
          AND a.action NOT IN ('document_viewed', 'document_downloaded')
        ORDER BY a.id DESC LIMIT 1) last ON true
  LEFT JOIN LATERAL (
       SELECT c.text, c.author_name, c.created_at FROM files.comments c
         LEFT JOIN files.documents d ON d.id = c.document_id
         LEFT JOIN files.folders f ON f.id = coalesce(c.folder_id, d.folder_id)
        WHERE c.organisation_id = :organisation_id AND c.property_id = p.id
          AND (:restricted OR NOT coalesce(f.is_restricted, false))
        ORDER BY c.id DESC LIMIT 1) said ON true
 ORDER BY p.place
""")
"""One statement for a page of properties. Looking is no touch: the last who changed something counts."""

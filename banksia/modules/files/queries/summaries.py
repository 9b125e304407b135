"""The files of several properties, each in one row."""

from sqlalchemy import TextClause, text

SUMMARIES: TextClause = text("""
SELECT p.id AS property_id, shown.counts, shown.total, shown.titles,
       last.actor_name, last.action, last.created_at,
       said.text AS comment, said.author_name AS comment_by, said.created_at AS comment_at
  FROM unnest(CAST(:property_ids AS uuid[])) WITH ORDINALITY AS p(id, place)
  LEFT JOIN LATERAL (
       WITH former AS (
            SELECT o.ancestor_id, o.parcel
              FROM unnest(CAST(:heirs AS uuid[]), CAST(:ancestors AS uuid[]), CAST(:parcels AS text[]))
                   AS o(heir_id, ancestor_id, parcel)
             WHERE o.heir_id = p.id),
       placed AS (
            SELECT d.folder_id, d.folder_id AS home_id, d.title, d.pinned_at FROM files.documents d
             WHERE d.organisation_id = :organisation_id AND d.property_id = p.id AND d.state = 'present'
            UNION ALL
            SELECT l.folder_id, d.folder_id AS home_id, d.title, d.pinned_at FROM files.document_links l
              JOIN files.documents d ON d.id = l.document_id
             WHERE l.organisation_id = :organisation_id AND l.property_id = p.id AND d.state = 'present'
            UNION ALL
            SELECT d.folder_id, d.folder_id AS home_id, d.title, d.pinned_at FROM files.documents d
             WHERE d.organisation_id = :organisation_id AND d.state = 'present'
               AND d.property_id = ANY (ARRAY(SELECT ancestor_id FROM former))
               AND (d.parcel IS NULL OR d.parcel = ANY (ARRAY(SELECT parcel FROM former)))
               AND NOT EXISTS (SELECT FROM files.document_links l
                                WHERE l.organisation_id = :organisation_id AND l.property_id = p.id
                                  AND l.document_id = d.id)),
       seen AS (
            SELECT placed.title, placed.pinned_at, f.id AS folder_id, f.kind, f.position,
                   CASE WHEN f.application_number IS NULL OR f.parent_id IS NULL THEN f.name
                        ELSE 'DA ' || f.application_number || ', ' || f.name END AS name, f.name AS own_name
              FROM placed JOIN files.folders f ON f.id = placed.folder_id
              JOIN files.folders home ON home.id = placed.home_id
             WHERE :restricted OR NOT (f.is_restricted OR home.is_restricted))
       SELECT counted.counts, counted.total, pinned.titles
         FROM (SELECT jsonb_agg(jsonb_build_object('folder_id', c.folder_id, 'document_count', c.count, 'name', c.name)
                                ORDER BY c.kind DESC, c.position, c.own_name) AS counts, sum(c.count)::int AS total
                 FROM (SELECT folder_id, kind, position, name, own_name, count(*) FROM seen
                        GROUP BY folder_id, kind, position, name, own_name) c) counted
        CROSS JOIN (
              SELECT jsonb_agg(newest.title ORDER BY newest.pinned_at DESC) AS titles
                FROM (SELECT title, pinned_at FROM seen WHERE pinned_at IS NOT NULL
                       ORDER BY pinned_at DESC LIMIT 3) newest) pinned) shown ON true
  LEFT JOIN LATERAL (
       SELECT a.actor_name, a.action, a.created_at FROM files.activities a
        WHERE a.organisation_id = :organisation_id AND a.property_id = p.id
          AND a.action NOT IN ('document_viewed', 'document_downloaded')
          AND (:restricted OR NOT EXISTS (
               SELECT 1 FROM files.folders f
                WHERE f.organisation_id = :organisation_id AND f.is_restricted
                  AND (f.id = a.folder_id OR f.id = (SELECT d.folder_id FROM files.documents d
                                                      WHERE d.organisation_id = :organisation_id
                                                        AND d.id = a.document_id))))
        ORDER BY a.id DESC LIMIT 1) last ON true
  LEFT JOIN LATERAL (
       SELECT c.text, c.author_name, c.created_at FROM files.comments c
         LEFT JOIN files.documents d ON d.id = c.document_id
        WHERE c.organisation_id = :organisation_id AND c.property_id = p.id
          AND (:restricted OR NOT EXISTS (
               SELECT 1 FROM files.folders f
                WHERE f.organisation_id = :organisation_id AND f.is_restricted
                  AND f.id IN (c.folder_id, d.folder_id)))
        ORDER BY c.id DESC LIMIT 1) said ON true
 ORDER BY p.place
""")
"""One statement for a page of properties. Looking is no touch: the last who changed something counts.

`heirs`, `ancestors` and `parcels` are the descents of these properties, row by row: a file shows what lay on its former
parcels, and what is linked into it, like its own.
"""

import { http, HttpResponse, server } from '@banksia/kit/testing'
import type { AttributeRead, LineageRead, MapRead, PropertyRead } from '../api'
import { ID, lineage, map, property } from './land'
import { attribute, unknown } from './records'

export const page = <Row>(...results: Row[]) => ({ results, next_cursor: null })

interface Answers {
  property?: PropertyRead
  attributes?: AttributeRead[]
  lineage?: LineageRead
  map?: MapRead
}

/** What the API answers of one property, its parts as they are unless a test says otherwise. */
export function serve(answers: Answers = {}): void {
  const at = `*/api/property/properties/${ID}`
  const json = (path: string, answer: unknown) =>
    http.get(`${at}${path}`, () => HttpResponse.json(answer as Record<string, unknown>))
  server.use(
    json('', answers.property ?? property),
    json('/attributes', {
      as_at_on: null,
      attributes: answers.attributes ?? [attribute, unknown],
      more_parcels: 0,
    }),
    json('/lineage', answers.lineage ?? lineage),
    json('/map', answers.map ?? map),
    json('/contributions', {
      contributions: [
        {
          module: 'certificates',
          name: 'orders',
          title: 'Orders',
          summary: '6 orders',
          href: `/certificates/staff/orders?q=${ID}`,
          count: 6,
          lines: [
            { title: 'Drainage diagram', detail: 'BH-2026-04405', href: '/x', status: 'Being prepared' },
          ],
        },
      ],
      failed: [],
    }),
    http.get('*/api/property/corrections', () => HttpResponse.json(page())),
  )
}

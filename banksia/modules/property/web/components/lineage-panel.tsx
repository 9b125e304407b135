import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  colour,
  type Lineage,
  LineageGraph,
  Loaded,
  Panel,
  SkeletonRows,
  useMay,
  formatLongDate,
} from '@banksia/kit'
import { type LineageRead, readLineageOptions } from '../api'
import { recordLineagePage } from '../routes'
import { LINEAGE_KINDS, lineageLot } from './words'

/** Where the lots of a property came from and what became of them. */
export function LineagePanel({ propertyId, canRecord }: { propertyId: string; canRecord: boolean }) {
  const mayRecord = useMay('property.lineage.record') && canRecord
  const lineage = useQuery(readLineageOptions({ path: { property_id: propertyId } }))
  return (
    <Panel
      title="Lineage"
      hint="Where this land came from, and what became of it"
      action={
        mayRecord ? (
          <TextLink href={recordLineagePage.href({ params: { propertyId } })}>Record a subdivision</TextLink>
        ) : null
      }
    >
      <Loaded
        query={lineage}
        failed="The lineage could not be loaded"
        skeleton={<SkeletonRows rows={1} height="8rem" />}
      >
        {(read) =>
          read.events.length === 0 ? (
            <p css={{ color: colour.foregroundMuted }}>
              No subdivision, consolidation or other change of this land is recorded.
            </p>
          ) : (
            <>
              <LineageGraph {...lineageOf(read)} />
              {read.is_complete ? null : (
                <p css={{ paddingTop: '0.75rem', fontSize: '0.875rem', color: colour.foregroundMuted }}>
                  There are more generations than are shown. Open a lot to go on from there.
                </p>
              )}
            </>
          )
        }
      </Loaded>
    </Panel>
  )
}

function lineageOf({ parcels, events }: LineageRead): Lineage {
  const inOrder = [...events].sort((a, b) => a.occurred_on.localeCompare(b.occurred_on))
  return {
    lots: parcels.map(lineageLot),
    events: inOrder.map((event) => ({
      id: event.id,
      title: LINEAGE_KINDS[event.kind],
      detail: `${formatLongDate(event.occurred_on)}, ${event.plan}`,
      parents: event.parent_ids,
      children: event.child_ids,
    })),
  }
}

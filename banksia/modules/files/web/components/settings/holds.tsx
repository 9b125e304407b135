import { useState } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { byCursor, formatAddress, formatDate, PagedList, Panel, RowList, Tag } from '@banksia/kit'
import { liftHold, listHoldsInfiniteOptions, type HoldRead } from '../../api'
import { filePage } from '../../routes'
import { ActDialog, Consequences } from './act-dialog'

/** The holds that are on, or those that were lifted. */
export function Holds({ lifted }: { lifted: boolean }) {
  const holds = useInfiniteQuery({ ...listHoldsInfiniteOptions({ query: { lifted } }), ...byCursor })
  const [lifting, setLifting] = useState<HoldRead>()
  return (
    <>
      <Panel title={lifted ? 'Lifted holds' : 'Holds that are on'} flush>
        <PagedList
          query={holds}
          failed="The holds could not be loaded"
          empty={lifted ? 'No hold has been lifted.' : 'No hold is on.'}
          shown={['hold', 'holds']}
        >
          {(rows) => (
            <RowList
              inset
              stack
              rows={rows.map((hold) => ({
                key: hold.id,
                title: <Title hold={hold} />,
                detail: <Detail hold={hold} />,
                end: lifted ? null : (
                  <Button
                    size="sm"
                    variant="secondary"
                    aria-label={`Lift hold on ${formatAddress(hold.property_label)}`}
                    onClick={() => {
                      setLifting(hold)
                    }}
                  >
                    Lift hold
                  </Button>
                ),
              }))}
            />
          )}
        </PagedList>
      </Panel>
      {lifting ? (
        <LiftDialog
          hold={lifting}
          onClose={() => {
            setLifting(undefined)
          }}
        />
      ) : null}
    </>
  )
}

function Title({ hold }: { hold: HoldRead }) {
  const on = hold.document_id ? 'One document' : hold.folder_id ? 'One folder' : 'Whole file'
  return (
    <>
      <TextLink href={filePage.href({ params: { propertyId: hold.property_id } })}>
        {formatAddress(hold.property_label)}
      </TextLink>{' '}
      <Tag>{on}</Tag>
    </>
  )
}

function Detail({ hold }: { hold: HoldRead }) {
  return (
    <>
      <div>{hold.reason}</div>
      <div>{`Placed by ${hold.placed_by_name} on ${formatDate(hold.created_at)}`}</div>
      {hold.lifted_at ? (
        <div>
          {`Lifted by ${hold.lifted_by_name ?? 'the council'} on ${formatDate(hold.lifted_at)}: ${hold.lifted_because ?? ''}`}
        </div>
      ) : null}
    </>
  )
}

function LiftDialog({ hold, onClose }: { hold: HoldRead; onClose: () => void }) {
  return (
    <ActDialog
      title={`Lift hold on ${formatAddress(hold.property_label)}`}
      label="Why it ends"
      needed="Enter why the hold ends. It stands in the log."
      button="Lift hold"
      onClose={onClose}
      send={(reason) => liftHold({ path: { hold_id: hold.id }, body: { reason }, throwOnError: true })}
    >
      <Consequences
        lines={[
          'What it kept is kept by its retention class alone.',
          'Documents whose period is over come onto the next disposal list.',
          'The hold stays under Lifted holds, with your reason.',
        ]}
      />
    </ActDialog>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Loaded, propertyQuery, PropertyIdentity } from '@banksia/kit'
import type { CatalogueRead } from '../api'
import { type Chosen, CounterLines } from './counter-lines'
import { HistoricLots } from './historic-lots'

interface CounterPropertyProps {
  propertyId: string
  catalogue: CatalogueRead | undefined
  /** What is chosen of this property. */
  chosen: readonly Chosen[]
  onChange: (chosen: readonly Chosen[], address: string) => void
  /** Why its historic lots are ordered for all the same, by the lot. */
  reasons: Readonly<Record<string, string>>
  onReason: (parcel: string, reason: string) => void
  /** It was just found here: the keyboard goes on at its certificates. */
  goOn: boolean
}

/** One property at the counter, with everything that can be ordered for its lots. */
export function CounterProperty({
  propertyId,
  catalogue,
  chosen,
  onChange,
  reasons,
  onReason,
  goOn,
}: CounterPropertyProps) {
  const property = useQuery(propertyQuery(propertyId))
  return (
    <Loaded query={property} failed="The property could not be loaded">
      {(found) => (
        <>
          <PropertyIdentity
            address={found.address}
            parcels={found.parcels.map(({ text }) => text)}
            assessment={found.assessment}
          />
          {catalogue ? (
            <>
              <HistoricLots
                propertyId={propertyId}
                parcels={found.parcels.filter(({ status }) => status === 'historic')}
                catalogue={catalogue}
                reasons={reasons}
                onReason={onReason}
              />
              <CounterLines
                parcels={found.parcels.filter(({ status, text }) => status === 'current' || reasons[text])}
                catalogue={catalogue}
                chosen={chosen}
                onChange={(next) => {
                  onChange(next, found.address ?? '')
                }}
                goOn={goOn}
              />
            </>
          ) : null}
        </>
      )}
    </Loaded>
  )
}

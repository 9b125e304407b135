import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  CheckboxField,
  DecisionPanel,
  Form,
  Loaded,
  Panel,
  propertyQuery,
  PropertyIdentity,
  PropertySearch,
  StaffPage,
  SubmitButton,
  Sums,
  TextField,
  TillLine,
  useKitForm,
  useNavigateTo,
} from '@banksia/kit'
import { z } from 'zod'
import { placeOrder, readCatalogueOptions } from '../api'
import { type Chosen, CounterLines } from '../components/counter-lines'
import { BoughtBefore, HistoricLots } from '../components/historic-lots'
import { priced, totalOf } from '../components/prices'
import { counterPage, staffOrderPage, staffOrdersPage } from '../staff-routes'

const schema = z.object({
  name: z.string().trim().min(1, 'Enter the customer’s name.').max(200),
  email: z.union([z.literal(''), z.email('Enter an email address, or leave it empty.')]),
  phone: z.string().trim().max(40),
  reference: z.string().trim().max(200),
  collect: z.boolean(),
})

/** Lodge an order for the person at the counter: property, certificates, who; the payment comes next. */
export default function CounterPage() {
  const { property: propertyId } = counterPage.useSearch()
  const setSearch = counterPage.useSetSearch()
  const [found, setFound] = useState(false)
  return (
    <StaffPage
      title="New order"
      where={
        <>
          <TextLink href={staffOrdersPage.href()}>Orders</TextLink> / Counter
        </>
      }
    >
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '60rem' }}>
        <TillLine />
        <Panel title="Property">
          <PropertySearch
            key={propertyId}
            label="Find the property"
            hint="Address, lot and plan, or assessment number"
            onChoose={(match) => {
              setFound(true)
              setSearch({ property: match.id })
            }}
          />
        </Panel>
        {propertyId ? <Lodge key={propertyId} propertyId={propertyId} goOn={found} /> : null}
      </div>
    </StaffPage>
  )
}

function Lodge({ propertyId, goOn }: { propertyId: string; goOn: boolean }) {
  const property = useQuery(propertyQuery(propertyId))
  const catalogue = useQuery(readCatalogueOptions())
  const navigate = useNavigateTo()
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [chosen, setChosen] = useState<readonly Chosen[]>([])
  const [nothing, setNothing] = useState(false)
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({})
  const lines = catalogue.data ? priced(chosen, catalogue.data) : []
  // Other certificates are another order; the same ones sent twice are one.
  const choose = (next: readonly Chosen[]) => {
    setChosen(next)
    setKey(crypto.randomUUID())
  }
  const form = useKitForm({
    schema,
    defaultValues: { name: '', email: '', phone: '', reference: '', collect: false },
    onSubmit: async ({ name, email, phone, reference, collect }) => {
      setNothing(chosen.length === 0)
      if (chosen.length === 0) return
      const placing = placeOrder({
        headers: { 'Idempotency-Key': key },
        body: {
          lines: chosen.map(({ parcel, product, urgent }) => ({
            property_id: propertyId,
            parcel,
            product,
            urgent,
            override_reason: reasons[parcel] ?? null,
          })),
          contact: { name, email: email || null, phone: phone || null },
          reference: reference || null,
          collect,
          seen_total_cents: totalOf(lines),
        },
        throwOnError: true,
      })
      // What was refused because of its fees is shown with those of now.
      const { data } = await placing.catch(async (error: unknown) => {
        await catalogue.refetch()
        throw error
      })
      navigate(staffOrderPage.href({ params: { orderId: data.id } }))
    },
  })
  return (
    <Loaded query={property} failed="The property could not be loaded">
      {(found) => (
        <>
          <PropertyIdentity
            address={found.address}
            parcels={found.parcels.map(({ text }) => text)}
            assessment={found.assessment}
          />
          {catalogue.data ? (
            <>
              <HistoricLots
                propertyId={propertyId}
                parcels={found.parcels.filter(({ status }) => status === 'historic')}
                catalogue={catalogue.data}
                reasons={reasons}
                onReason={(parcel, reason) => {
                  setReasons({ ...reasons, [parcel]: reason })
                }}
              />
              <CounterLines
                parcels={found.parcels.filter(({ status, text }) => status === 'current' || reasons[text])}
                catalogue={catalogue.data}
                chosen={chosen}
                onChange={choose}
                goOn={goOn}
              />
              <BoughtBefore propertyId={propertyId} chosen={chosen} />
            </>
          ) : null}
          <Panel title="Customer">
            <Form form={form} label="Customer">
              <TextField name="name" label="Name" />
              <TextField
                name="email"
                label="Email"
                type="email"
                optional
                hint="Without one the certificate is printed and collected."
              />
              <CheckboxField name="collect" label="The customer collects it on paper" />
              <TextField name="phone" label="Phone" type="tel" optional />
              <TextField name="reference" label="Matter number" optional />
              <DecisionPanel title="Order">
                <Sums
                  sums={lines.map((each) => ({ label: each.title, cents: each.cents }))}
                  total={{ label: 'Total', cents: totalOf(lines) }}
                />
                {nothing ? <p role="alert">Choose at least one certificate.</p> : null}
                <SubmitButton>Continue to payment</SubmitButton>
              </DecisionPanel>
            </Form>
          </Panel>
        </>
      )}
    </Loaded>
  )
}

import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  cardSurchargeLine,
  CustomerPage,
  EmptyState,
  ErrorPanel,
  Facts,
  formatDay,
  formatMoney,
  formatParcel,
  Panel,
  RowList,
  surchargeOn,
  useIsPhone,
  useNavigateTo,
} from '@banksia/kit'
import { payOrder, placeOrder, readCatalogueOptions } from '../api'
import { SumBar } from '../components/bar'
import { emptyBasket, useBasket } from '../components/basket'
import { BasketSummary } from '../components/basket-summary'
import { OrderSteps } from '../components/order-steps'
import { keepOrderToken, orderHeaders } from '../components/order-token'
import { priced, totalOf } from '../components/prices'
import { choosePage, contactPage, homePage, orderPage } from '../routes'

/** Everything once more, and the step that commits: the order is written before the payment page opens. */
export default function ReviewPage() {
  const basket = useBasket()
  const isPhone = useIsPhone()
  const navigate = useNavigateTo()
  const catalogue = useQuery(readCatalogueOptions())
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const lines = catalogue.data ? priced(basket.lines, catalogue.data) : []
  const [first] = basket.lines
  const basisPoints = catalogue.data?.card_surcharge_basis_points ?? 0
  const surcharge = surchargeOn(totalOf(lines), basisPoints)
  const toPay = totalOf(lines) + surcharge
  const { contact, key } = basket

  const pay = async () => {
    if (!contact || busy) return
    setBusy(true)
    setFailure(undefined)
    try {
      const { data: order } = await placeOrder({
        headers: { 'Idempotency-Key': key },
        body: {
          lines: basket.lines.map(({ propertyId, parcel, product, urgent }) => ({
            property_id: propertyId,
            parcel,
            product,
            urgent,
          })),
          contact: { name: contact.name, email: contact.email, phone: contact.phone || null },
          reference: contact.reference || null,
          seen_total_cents: totalOf(lines),
        },
        throwOnError: true,
      })
      keepOrderToken(order.id, order.access_token)
      await openPaymentPage(order.id).catch(() => {
        navigate(orderPage.href({ params: { orderId: order.id } }))
      })
      emptyBasket()
    } catch (error) {
      // What was refused because of its fees is shown with those of now.
      await catalogue.refetch()
      setFailure(error)
      setBusy(false)
    }
  }

  if (!first || !contact) {
    return (
      <CustomerPage title="Review and pay" steps={<OrderSteps current={3} />}>
        <EmptyState
          action={
            <TextLink href={first ? contactPage.href() : homePage.href()}>
              {first ? 'Enter your details' : 'Find a property'}
            </TextLink>
          }
        >
          {first ? 'Your details are missing.' : 'Nothing is chosen yet.'}
        </EmptyState>
      </CustomerPage>
    )
  }
  const chooseHref = choosePage.href({
    params: { propertyId: first.propertyId },
    search: { parcel: first.parcel },
  })
  const button = (
    <Button loading={busy} onClick={() => void pay()}>
      {`Pay ${formatMoney(toPay)}`}
    </Button>
  )
  return (
    <CustomerPage
      title="Review and pay"
      steps={<OrderSteps current={3} certificatesHref={chooseHref} />}
      alert={failure ? <ErrorPanel title="The order was not placed" error={failure} /> : undefined}
      aside={
        catalogue.data ? (
          <BasketSummary
            lines={lines}
            catalogue={catalogue.data}
            action={isPhone ? null : button}
            addAnother={false}
            surcharge={surcharge > 0 ? cardSurchargeLine(surcharge, basisPoints) : undefined}
          />
        ) : undefined
      }
      bar={isPhone ? <SumBar label="Total" cents={toPay} action={button} /> : undefined}
    >
      <Panel title="Certificates" action={<TextLink href={chooseHref}>Change</TextLink>} flush>
        <RowList
          inset
          rows={lines.map((line) => ({
            key: `${line.propertyId} ${line.parcel} ${line.product}`,
            title: <strong>{line.title}</strong>,
            detail: (
              <>
                {line.address}
                <br />
                <strong>{formatParcel(line.parcel)}</strong>
              </>
            ),
            end: line.dueOn ? `Due by ${formatDay(line.dueOn)}` : undefined,
          }))}
        />
      </Panel>
      <Panel title="Your details" action={<TextLink href={contactPage.href()}>Change</TextLink>}>
        <Facts
          of={[
            ['Name', contact.name],
            ['Email', contact.email],
            contact.phone ? ['Phone', contact.phone] : null,
            contact.reference ? ['Reference', contact.reference] : null,
          ]}
        />
      </Panel>
      <p>
        You pay by card on our payment provider’s page. No card number reaches council. Then you come back
        here.
      </p>
    </CustomerPage>
  )
}

async function openPaymentPage(orderId: string): Promise<void> {
  const { data } = await payOrder({
    path: { order_id: orderId },
    headers: orderHeaders(orderId),
    throwOnError: true,
  })
  location.assign(data.url)
}

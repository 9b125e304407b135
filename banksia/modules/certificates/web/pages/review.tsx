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
  Notice,
  Panel,
  RowList,
  surchargeOn,
  useFirms,
  useIsPhone,
  useNavigateTo,
} from '@banksia/kit'
import { payOrder, placeOrder, readCatalogueOptions } from '../api'
import { SumBar } from '../components/bar'
import { takeOut, useBasket } from '../components/basket'
import { BasketNotices } from '../components/basket-notices'
import { BasketSummary } from '../components/basket-summary'
import { OrderSteps } from '../components/order-steps'
import { keepOrderToken, orderHeaders } from '../components/order-token'
import { priced, repriced, totalOf } from '../components/prices'
import { asLines, useBasketRead } from '../components/use-basket-read'
import { chosenFirm } from '../components/whom-for'
import { choosePage, contactPage, homePage, orderPage } from '../routes'

/** Everything once more, and the step that commits: the order is written before the payment page opens. */
export default function ReviewPage() {
  const basket = useBasket()
  const isPhone = useIsPhone()
  const navigate = useNavigateTo()
  const catalogue = useQuery(readCatalogueOptions())
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const [unconfirmed, setUnconfirmed] = useState(false)
  const wanted = asLines(basket.lines)
  const read = useBasketRead(wanted)
  const lines = catalogue.data ? priced(basket.lines, catalogue.data) : []
  const [first] = basket.lines
  const basisPoints = catalogue.data?.card_surcharge_basis_points ?? 0
  const surcharge = surchargeOn(totalOf(lines), basisPoints)
  const toPay = totalOf(lines) + surcharge
  const { contact, key } = basket
  const firms = useFirms()
  const firm = chosenFirm(firms, contact?.firm)

  const pay = async () => {
    if (!contact || !firms || busy) return
    const changed = catalogue.data ? repriced(basket.lines, catalogue.data).length > 0 : false
    setUnconfirmed(changed)
    if (changed) return
    setBusy(true)
    setFailure(undefined)
    try {
      const { data: order } = await placeOrder({
        headers: { 'Idempotency-Key': key },
        body: {
          lines: wanted,
          contact: { name: contact.name, email: contact.email, phone: contact.phone || null },
          reference: contact.reference || null,
          firm_id: firm?.id ?? null,
          collect: contact.collect ?? false,
          seen_total_cents: totalOf(lines),
        },
        throwOnError: true,
      })
      keepOrderToken(order.id, order.access_token)
      await openPaymentPage(order.id).catch(() => {
        navigate(orderPage.href({ params: { orderId: order.id } }))
      })
      takeOut(basket.lines)
    } catch (error) {
      // What was refused because of its fees is shown with those of now.
      await Promise.all([catalogue.refetch(), read.refetch()])
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
      alert={
        failure ? (
          <ErrorPanel title="The order was not placed" error={failure} />
        ) : unconfirmed ? (
          <Notice tone="error" role="alert" title="Nothing is ordered yet">
            <p>The fees have changed since you chose. Accept the new ones below, then pay.</p>
          </Notice>
        ) : undefined
      }
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
      {catalogue.data ? (
        <div css={{ display: 'grid', gap: '0.75rem', '&:empty': { display: 'none' } }}>
          <BasketNotices lines={basket.lines} read={read.data} catalogue={catalogue.data} />
        </div>
      ) : null}
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
            firms && firms.length > 0 ? ['Ordered for', firm?.name ?? 'Yourself'] : null,
            ['Name', contact.name],
            ['Email', contact.email],
            contact.phone ? ['Phone', contact.phone] : null,
            contact.reference ? ['Matter number', contact.reference] : null,
            contact.collect ? ['On paper', 'You collect it at council’s counter'] : null,
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

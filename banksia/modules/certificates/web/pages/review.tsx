import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  cardSurchargeLine,
  CustomerPage,
  EmptyState,
  ErrorPanel,
  Facts,
  formatMoney,
  Notice,
  Panel,
  surchargeOn,
  useFirms,
  useIsPhone,
  useNavigateTo,
} from '@banksia/kit'
import { placeOrder, readCatalogueOptions } from '../api'
import { SumBar } from '../components/bar'
import { takeOut, useBasket } from '../components/basket'
import { BasketLines } from '../components/basket-lines'
import { BasketNotices } from '../components/basket-notices'
import { BasketSummary } from '../components/basket-summary'
import { keepLastOrder, useLastOrder } from '../components/last-order'
import { LastOrderNotice } from '../components/last-order-notice'
import { openPaymentPage } from '../components/open-payment-page'
import { OrderSteps } from '../components/order-steps'
import { keepOrderToken } from '../components/order-token'
import { priced, repriced, totalOf, unsold } from '../components/prices'
import { asLines, useBasketRead } from '../components/use-basket-read'
import { chosenFirm } from '../components/whom-for'
import { choosePage, contactPage, homePage, orderPage } from '../routes'

/** Everything once more, and the step that commits: the order is written before the payment page opens. */
export default function ReviewPage() {
  const basket = useBasket()
  const isPhone = useIsPhone()
  const navigate = useNavigateTo()
  const catalogue = useQuery(readCatalogueOptions())
  const last = useLastOrder()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const [unconfirmed, setUnconfirmed] = useState(false)
  const wanted = asLines(basket.lines)
  const read = useBasketRead(wanted)
  const lines = catalogue.data ? priced(basket.lines, catalogue.data) : []
  const gone = catalogue.data ? unsold(basket.lines, catalogue.data) : []
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
    setFailure(undefined)
    if (changed) return
    setBusy(true)
    try {
      const { data: order } = await placeOrder({
        headers: { 'Idempotency-Key': key },
        body: {
          // What is not sold any more was told above, and does not hold up the rest.
          lines: asLines(basket.lines.filter((line) => !gone.includes(line))),
          contact: { name: contact.name, email: contact.email, phone: contact.phone || null },
          reference: contact.reference || null,
          firm_id: firm?.id ?? null,
          collect: contact.collect ?? false,
          seen_total_cents: totalOf(lines),
        },
        throwOnError: true,
      })
      keepOrderToken(order.id, order.access_token)
      keepLastOrder({ id: order.id, number: order.number, address: lines[0]?.address ?? '' })
      await openPaymentPage(order.id).catch(() => {
        navigate(orderPage.href({ params: { orderId: order.id } }))
      })
      takeOut(basket.lines.filter((line) => !gone.includes(line)))
      // Whoever comes back finds the page as it was left.
      setBusy(false)
    } catch (error) {
      // What was refused because of its fees is shown with those of now.
      await Promise.all([catalogue.refetch(), read.refetch()])
      setFailure(error)
      setBusy(false)
    }
  }

  if (!first || !contact) {
    return (
      <CustomerPage title="Review and pay" steps={<OrderSteps current={3} />} alert={<LastOrderNotice />}>
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
  const button = lines.length > 0 && (
    <ActionButton loading={busy} onClick={() => void pay()}>
      {`Pay ${formatMoney(toPay)}`}
    </ActionButton>
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
        ) : last && !busy ? (
          <LastOrderNotice />
        ) : undefined
      }
      aside={
        catalogue.data && lines.length > 0 ? (
          <BasketSummary
            lines={lines}
            catalogue={catalogue.data}
            action={isPhone ? null : button}
            addAnother={false}
            surcharge={surcharge > 0 ? cardSurchargeLine(surcharge, basisPoints) : undefined}
          />
        ) : undefined
      }
      bar={isPhone && button ? <SumBar label="Total" cents={toPay} action={button} /> : undefined}
    >
      {catalogue.data ? (
        <div css={{ display: 'grid', gap: '0.75rem', '&:empty': { display: 'none' } }}>
          <BasketNotices lines={basket.lines} read={read.data} catalogue={catalogue.data} />
        </div>
      ) : null}
      {lines.length > 0 ? (
        <BasketLines lines={lines} />
      ) : catalogue.data ? (
        <EmptyState action={<TextLink href={homePage.href()}>Find a property</TextLink>}>
          Nothing is left that can be ordered.
        </EmptyState>
      ) : null}
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
      {lines.length > 0 ? (
        <p>
          You pay by card on our payment provider’s page. No card number reaches council. Then you come back
          here.
        </p>
      ) : null}
    </CustomerPage>
  )
}

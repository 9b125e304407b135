import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  CustomerPage,
  ErrorPanel,
  formatMoney,
  Loaded,
  propertyQuery,
  PropertyIdentity,
  useIsPhone,
  type PropertyDetail,
  formatAddress,
} from '@banksia/kit'
import { readCatalogueOptions, type CatalogueRead } from '../api'
import { SumBar } from '../components/bar'
import { useBasket } from '../components/basket'
import { BasketLines } from '../components/basket-lines'
import { BasketSummary } from '../components/basket-summary'
import { NothingToOrder } from '../components/nothing-to-order'
import { certificates } from '../components/open-basket'
import { OrderSteps } from '../components/order-steps'
import { ParcelChoice } from '../components/parcel-choice'
import { priced, totalOf } from '../components/prices'
import { ProductChoice } from '../components/product-choice'
import { choosePage, contactPage, homePage } from '../routes'

/** The property in full, and the certificates that can be ordered for one of its parcels. */
export default function ChoosePage() {
  const { propertyId } = choosePage.useParams()
  const property = useQuery(propertyQuery(propertyId))
  const catalogue = useQuery(readCatalogueOptions())
  if (property.isError || catalogue.isError) {
    return (
      <CustomerPage title="Choose certificates" steps={<OrderSteps current={1} />}>
        <ErrorPanel
          title="The property could not be loaded"
          error={property.error ?? catalogue.error}
          onRetry={() => {
            void property.refetch()
            void catalogue.refetch()
          }}
        />
        <TextLink href={homePage.href()}>Find a property</TextLink>
      </CustomerPage>
    )
  }
  if (!property.data) {
    return (
      <CustomerPage title="Choose certificates" steps={<OrderSteps current={1} />}>
        <Loaded query={property}>{() => null}</Loaded>
      </CustomerPage>
    )
  }
  return <Chooser property={property.data} catalogue={catalogue.data} />
}

function Chooser({
  property,
  catalogue,
}: {
  property: PropertyDetail
  catalogue: CatalogueRead | undefined
}) {
  const { parcel: wanted } = choosePage.useSearch()
  const setSearch = choosePage.useSetSearch()
  const { lines } = useBasket()
  const isPhone = useIsPhone()
  const orderable = property.parcels.filter(({ status }) => status === 'current')
  const parcel =
    orderable.find(({ text }) => text === wanted) ?? (orderable.length === 1 ? orderable[0] : undefined)
  const ended = property.parcels.find(({ text, status }) => text === wanted && status !== 'current')
  const all = catalogue ? priced(lines, catalogue) : []
  const several = new Set(all.map((line) => line.propertyId)).size
  const next = (
    <ButtonLink href={all.length > 0 ? contactPage.href() : '#choose'}>Continue to your details</ButtonLink>
  )
  return (
    <CustomerPage
      title="Choose certificates"
      steps={<OrderSteps current={1} />}
      aside={
        catalogue && !isPhone ? <BasketSummary lines={all} catalogue={catalogue} action={next} /> : undefined
      }
      bar={
        isPhone && all.length > 0 ? (
          <SumBar
            label={
              several > 1
                ? `${certificates(all.length)}, ${String(several)} properties`
                : certificates(all.length)
            }
            cents={totalOf(all)}
            action={next}
          />
        ) : undefined
      }
    >
      <PropertyIdentity
        address={property.address}
        parcels={parcel ? [parcel.text] : property.parcels.map(({ text }) => text)}
        assessment={property.assessment}
        area={
          parcel?.area_square_metres
            ? `${Math.round(parcel.area_square_metres).toLocaleString('en-AU')} m²`
            : null
        }
        alsoKnownAs={property.addresses
          .map(({ text }) => text)
          .filter((text) => text !== property.address)
          .map(formatAddress)}
        action={<TextLink href={homePage.href()}>Change</TextLink>}
      />
      {orderable.length === 0 || ended ? (
        <NothingToOrder property={property} catalogue={catalogue} only={ended?.text} />
      ) : null}
      {orderable.length > 1 ? (
        <ParcelChoice
          parcels={orderable}
          chosen={parcel?.text}
          onChoose={(text) => {
            setSearch({ parcel: text })
          }}
        />
      ) : null}
      {parcel && catalogue ? (
        <ProductChoice property={property} parcel={parcel} catalogue={catalogue} />
      ) : null}
      {isPhone && all.length > 0 ? <BasketLines lines={all} title="Your order so far" /> : null}
      {isPhone && catalogue?.refund_sentence && all.length > 0 ? (
        <p>
          {catalogue.refund_sentence} {formatMoney(totalOf(all))} is due at the last step.
        </p>
      ) : null}
    </CustomerPage>
  )
}

import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  CheckboxField,
  CustomerPage,
  EmptyState,
  type Firm,
  Form,
  signInHref,
  SkeletonRows,
  SubmitButton,
  TextField,
  useFirms,
  useKitForm,
  useNavigateTo,
  useUser,
} from '@banksia/kit'
import { z } from 'zod'
import { readCatalogueOptions } from '../api'
import { keepContact, readBasket, useBasket } from '../components/basket'
import { BasketNotices } from '../components/basket-notices'
import { BasketSummary } from '../components/basket-summary'
import { OrderSteps } from '../components/order-steps'
import { priced, unsold } from '../components/prices'
import { asLines, useBasketRead } from '../components/use-basket-read'
import { firmOf, WhomFor } from '../components/whom-for'
import { choosePage, contactPage, homePage, reviewPage } from '../routes'

const contact = z.object({
  name: z.string().trim().min(1, 'Enter your name.').max(200),
  email: z.email('Enter the email address that the receipt and the certificates go to.'),
  phone: z.string().trim().max(40),
  reference: z.string().trim().max(200),
  firm: z.string().optional(),
  collect: z.boolean(),
})

/** Whom council writes to, and for whom the order is. */
export default function ContactPage() {
  const user = useUser()
  const firms = useFirms()
  const basket = useBasket()
  const catalogue = useQuery(readCatalogueOptions())
  const gone = catalogue.data ? unsold(basket.lines, catalogue.data) : []
  const read = useBasketRead(asLines(gone))
  const [first] = basket.lines
  const back = first
    ? choosePage.href({ params: { propertyId: first.propertyId }, search: { parcel: first.parcel } })
    : homePage.href()
  if (!first) {
    return (
      <CustomerPage title="Your details" steps={<OrderSteps current={2} certificatesHref={back} />}>
        <EmptyState action={<TextLink href={homePage.href()}>Find a property</TextLink>}>
          Nothing is chosen yet.
        </EmptyState>
      </CustomerPage>
    )
  }
  return (
    <CustomerPage
      title="Your details"
      steps={<OrderSteps current={2} certificatesHref={back} />}
      lead={
        user ? undefined : (
          <p>
            You need no account. <TextLink href={signInHref(contactPage.href())}>Sign in</TextLink> to keep
            your orders together.
          </p>
        )
      }
      aside={
        catalogue.data ? (
          <BasketSummary
            lines={priced(basket.lines, catalogue.data)}
            catalogue={catalogue.data}
            action={null}
          />
        ) : undefined
      }
    >
      {catalogue.data && gone.length > 0 ? (
        <div css={{ display: 'grid', gap: '0.75rem' }}>
          <BasketNotices lines={gone} read={read.data} catalogue={catalogue.data} />
        </div>
      ) : null}
      {catalogue.data && gone.length === basket.lines.length ? (
        <EmptyState action={<TextLink href={homePage.href()}>Find a property</TextLink>}>
          Nothing is left that can be ordered.
        </EmptyState>
      ) : firms ? (
        <ContactForm firms={firms} />
      ) : (
        <SkeletonRows />
      )}
    </CustomerPage>
  )
}

function ContactForm({ firms }: { firms: readonly Firm[] }) {
  const user = useUser()
  const navigate = useNavigateTo()
  const { contact: kept } = readBasket()
  const form = useKitForm({
    schema: contact,
    defaultValues: {
      ...(kept ?? { name: user?.name ?? '', email: user?.email ?? '', phone: '', reference: '' }),
      firm: firmOf(firms, kept?.firm),
      collect: kept?.collect ?? false,
    },
    onSubmit: (values) => {
      // Who was not asked has not chosen: a guest who joins a firm later orders for it.
      keepContact(firms.length > 0 ? values : { ...values, firm: undefined })
      navigate(reviewPage.href())
    },
  })
  return (
    <Form form={form} label="Your details">
      <WhomFor firms={firms} />
      <TextField name="name" label="Name" autoComplete="name" />
      <TextField
        name="email"
        label="Email"
        type="email"
        autoComplete="email"
        hint="The receipt and the certificates go to this address."
      />
      <TextField
        name="phone"
        label="Phone"
        type="tel"
        autoComplete="tel"
        optional
        hint="Only if council has a question."
      />
      <TextField
        name="reference"
        label="Matter number"
        optional
        hint="Or any reference of yours. It stands on the receipt and in the names of files."
      />
      <CheckboxField
        name="collect"
        label="I also collect it on paper at council’s counter"
        hint="You can download it in any case. We email you when it is ready."
      />
      <SubmitButton>Continue to review</SubmitButton>
    </Form>
  )
}

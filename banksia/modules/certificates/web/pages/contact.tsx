import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  CustomerPage,
  EmptyState,
  Form,
  signInHref,
  SubmitButton,
  TextField,
  useKitForm,
  useNavigateTo,
  useUser,
} from '@banksia/kit'
import { z } from 'zod'
import { readCatalogueOptions } from '../api'
import { changeBasket, readBasket, useBasket } from '../components/basket'
import { BasketSummary } from '../components/basket-summary'
import { OrderSteps } from '../components/order-steps'
import { priced } from '../components/prices'
import { choosePage, contactPage, homePage, reviewPage } from '../routes'

const contact = z.object({
  name: z.string().trim().min(1, 'Enter your name.').max(200),
  email: z.email('Enter the email address that the receipt and the certificates go to.'),
  phone: z.string().trim().max(40),
  reference: z.string().trim().max(200),
})

/** Whom council writes to. */
export default function ContactPage() {
  const user = useUser()
  const navigate = useNavigateTo()
  const basket = useBasket()
  const catalogue = useQuery(readCatalogueOptions())
  const [first] = basket.lines
  const kept = readBasket().contact
  const form = useKitForm({
    schema: contact,
    defaultValues: kept ?? { name: user?.name ?? '', email: user?.email ?? '', phone: '', reference: '' },
    onSubmit: (values) => {
      changeBasket(({ lines }) => ({ lines, contact: values }))
      navigate(reviewPage.href())
    },
  })
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
      <Form form={form} label="Your details">
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
          label="Your reference"
          optional
          hint="Such as a matter number. It stands on the receipt and in file names."
        />
        <SubmitButton>Continue to review</SubmitButton>
      </Form>
    </CustomerPage>
  )
}

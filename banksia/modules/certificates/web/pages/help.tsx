import { TextLink } from '@ag.ds-next/react/text-link'
import { CustomerPage, useOrganisation } from '@banksia/kit'
import { trackPage, verifyPage } from '../routes'

/** The questions that people ask at the counter. */
export default function HelpPage() {
  const { name, phone, email, counter_hours } = useOrganisation()
  return (
    <CustomerPage title="Help">
      <div
        css={{
          display: 'grid',
          gap: '1.5rem',
          maxWidth: '42em',
          '& h2': { fontSize: '1.25rem', marginBottom: '0.25rem' },
        }}
      >
        <section>
          <h2>Which certificate do I need?</h2>
          <p>
            A contract for the sale of land needs a planning certificate 10.7(2). The 10.7(2) and (5) says
            more about the same land and includes the 10.7(2). A 603 certificate shows what is owed in rates.
            Ask your solicitor or conveyancer when you are not sure.
          </p>
        </section>
        <section>
          <h2>What is a lot and plan?</h2>
          <p>
            Land is named by its lot, sometimes a section, and a plan, such as Lot 2 Section 2 DP 2288. It
            stands on the title, the contract and the rates notice. A certificate covers one lot, so check it
            before you pay.
          </p>
        </section>
        <section>
          <h2>When do I get it?</h2>
          <p>
            On or before the due date that you see before you pay. Due dates count working days, without
            weekends and public holidays.
          </p>
        </section>
        <section>
          <h2>I lost the email</h2>
          <p>
            <TextLink href={trackPage.href()}>Ask for a new link to your order</TextLink>. Everybody who is
            given a certificate can <TextLink href={verifyPage.href()}>check that it is genuine</TextLink>.
          </p>
        </section>
        <section>
          <h2>Ask council</h2>
          <p>
            {name}
            {phone ? (
              <>
                , <TextLink href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>{phone}</TextLink>
              </>
            ) : null}
            {email ? (
              <>
                , <TextLink href={`mailto:${email}`}>{email}</TextLink>
              </>
            ) : null}
            . {counter_hours}
          </p>
        </section>
      </div>
    </CustomerPage>
  )
}

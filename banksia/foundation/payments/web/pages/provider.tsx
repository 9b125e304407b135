import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Loaded, StaffPage } from '@banksia/kit'
import { readProviderAccountOptions } from '../api'
import { ProviderKeys } from '../components/provider-keys'
import { ProviderStanding } from '../components/provider-standing'
import { WebhookSecrets } from '../components/webhook-secrets'
import { settingsPage } from '../routes'

/** Whose account takes the council's online payments. */
export default function ProviderPage() {
  const account = useQuery(readProviderAccountOptions())
  return (
    <StaffPage
      title="Online payments"
      where={<TextLink href={settingsPage.href()}>Payments</TextLink>}
      facts="The account at the payment provider that the council’s online payments go to."
    >
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '48rem' }}>
        <Loaded query={account} failed="The account could not be loaded">
          {(read) => (
            <>
              <ProviderStanding account={read} />
              <ProviderKeys account={read} />
              {read.source === 'council' ? <WebhookSecrets account={read} /> : null}
            </>
          )}
        </Loaded>
      </div>
    </StaffPage>
  )
}

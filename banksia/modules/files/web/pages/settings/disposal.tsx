import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { formatDate, Loaded, StaffPage, Status } from '@banksia/kit'
import { readDisposalOptions } from '../../api'
import { DisposalDecision } from '../../components/settings/disposal-decision'
import { DisposalDocuments } from '../../components/settings/disposal-documents'
import { disposalWords } from '../../components/settings/words'
import { disposalPage, disposalsPage } from '../../settings-routes'

/** How often the page asks while documents are being destroyed. */
const EVERY_MS = 2_000

/** One disposal list: its documents, and the decision about them. */
export default function DisposalPage() {
  const { disposalId } = disposalPage.useParams()
  const found = useQuery({
    ...readDisposalOptions({ path: { disposal_id: disposalId } }),
    refetchInterval: ({ state }) => (state.data?.state === 'approved' ? EVERY_MS : false),
  })
  const read = found.data
  return (
    <StaffPage
      title={read?.title ?? 'Disposal list'}
      where={<TextLink href={disposalsPage.href()}>Disposal lists</TextLink>}
      badge={read ? <Status word={disposalWords[read.state]} outlined /> : undefined}
      facts={
        read
          ? `List ${String(read.number)} of what was due by ${formatDate(read.due_by_on)}, made by ${read.made_by_name} on ${formatDate(read.created_at)}.`
          : undefined
      }
      aside={read ? <DisposalDecision disposal={read} /> : undefined}
    >
      <Loaded query={found} failed="The list could not be opened">
        {/* The documents are read again when the state of the list changes. */}
        {(disposal) => <DisposalDocuments key={disposal.state} disposal={disposal} />}
      </Loaded>
    </StaffPage>
  )
}

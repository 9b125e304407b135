import { TextLink } from '@ag.ds-next/react/text-link'
import { payablePage } from '../routes'

interface PayableLinkProps {
  /** What the money is about; null where it is about nothing that was owed. */
  payableId: string | null
  reference: string
}

/** What an entry is for: the link to its payment, or the bare words. */
export function PayableLink({ payableId, reference }: PayableLinkProps) {
  if (!payableId) return reference
  return <TextLink href={payablePage.href({ params: { payableId } })}>{reference}</TextLink>
}

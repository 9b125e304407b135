import { Steps } from '@banksia/kit'
import { homePage, contactPage } from '../routes'

/** Property, Certificates, Your details, Review and pay. */
export function OrderSteps({ current, certificatesHref }: { current: 1 | 2 | 3; certificatesHref?: string }) {
  return (
    <Steps
      current={current}
      steps={[
        { label: 'Property', href: homePage.href() },
        { label: 'Certificates', href: current > 1 ? certificatesHref : undefined },
        { label: 'Your details', href: current > 2 ? contactPage.href() : undefined },
        { label: 'Review and pay' },
      ]}
    />
  )
}

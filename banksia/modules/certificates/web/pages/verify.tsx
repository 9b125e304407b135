import { useQuery } from '@tanstack/react-query'
import {
  CopyButton,
  CustomerPage,
  Facts,
  Form,
  formatLongDate,
  Loaded,
  Notice,
  SubmitButton,
  TextField,
  useKitForm,
  formatAddress,
} from '@banksia/kit'
import { z } from 'zod'
import { verifyCertificateOptions, type VerificationRead } from '../api'
import { verifyPage } from '../routes'

const schema = z.object({
  number: z.string().trim().min(1, 'Enter the certificate’s number.').max(60),
  code: z.string().trim().min(1, 'Enter the code beside the QR code.').max(60),
})

/** Whether council issued a certificate; the QR code on the paper leads here. */
export default function VerifyPage() {
  const { number, code } = verifyPage.useSearch()
  const setSearch = verifyPage.useSetSearch()
  const asked = Boolean(number && code)
  const answer = useQuery({
    ...verifyCertificateOptions({ query: { number: number ?? '', code: code ?? '' } }),
    enabled: asked,
  })
  const form = useKitForm({
    schema,
    defaultValues: { number: number ?? '', code: code ?? '' },
    onSubmit: (typed) => {
      setSearch(typed)
    },
  })
  return (
    <CustomerPage
      title="Check a certificate"
      lead="The number and the code stand beside the QR code on the certificate."
    >
      {asked ? (
        <Loaded query={answer} failed="The certificate could not be checked">
          {(read) => <Verdict read={read} />}
        </Loaded>
      ) : null}
      <Form form={form} label="Check a certificate">
        <TextField name="number" label="Certificate number" width="md" />
        <TextField name="code" label="Code" width="md" />
        <SubmitButton>Check certificate</SubmitButton>
      </Form>
    </CustomerPage>
  )
}

function Verdict({ read }: { read: VerificationRead }) {
  const { certificate } = read
  if (!certificate) {
    return (
      <Notice tone="error" role="alert" title="Council did not issue a certificate with this number and code">
        <p>Check both against the paper. If they are right, do not rely on it, and tell council.</p>
      </Notice>
    )
  }
  return (
    <div css={{ display: 'grid', gap: '1rem' }}>
      {read.result === 'superseded' ? (
        <Notice tone="warning" role="status" title="This certificate was replaced">
          <p>
            Council issued it, and replaced it by {certificate.superseded_by}
            {certificate.superseded_at ? ` on ${formatLongDate(certificate.superseded_at)}` : ''}.
          </p>
        </Notice>
      ) : (
        <Notice tone="success" role="status" title={`${certificate.council} issued this certificate`}>
          <p>Compare what stands below with what you hold.</p>
        </Notice>
      )}
      <Facts
        of={[
          ['Certificate', <strong key="title">{certificate.title}</strong>],
          ['Number', certificate.number],
          ['Property', formatAddress(certificate.address)],
          ['Land', certificate.parcel_title],
          ['Issued', formatLongDate(certificate.issued_at)],
          [
            'SHA-256 of the file',
            <span key="hash" css={{ overflowWrap: 'anywhere' }}>
              <code>{certificate.sha256}</code> <CopyButton text={certificate.sha256} />
            </span>,
          ],
        ]}
      />
    </div>
  )
}

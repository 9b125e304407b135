import { useEffect, useRef } from 'react'
import { useQuery } from '@tanstack/react-query'
import { CustomerPage, Form, Loaded, Panel, SubmitButton, TextField, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { verifyCertificateOptions, verifyFileOptions } from '../api'
import { CheckFile } from '../components/check-file'
import { Verdict } from '../components/verdict'
import { verifyPage } from '../routes'

const schema = z.object({
  number: z.string().trim().min(1, 'Enter the certificate’s number.').max(60),
  code: z.string().trim().min(1, 'Enter the code beside the QR code.').max(60),
})

/** Whether council issued a certificate: by its file, or by its number and code. The QR code on the paper leads here. */
export default function VerifyPage() {
  const { number, code, sha256 } = verifyPage.useSearch()
  const setSearch = verifyPage.useSetSearch()
  const asked = Boolean(number && code)
  const byCode = useQuery({
    ...verifyCertificateOptions({ query: { number: number ?? '', code: code ?? '' } }),
    enabled: asked,
  })
  const byFile = useQuery({
    ...verifyFileOptions({ query: { sha256: sha256 ?? '' } }),
    enabled: Boolean(sha256),
  })
  const form = useKitForm({
    schema,
    defaultValues: { number: number ?? '', code: code ?? '' },
    onSubmit: (typed) => {
      setSearch({ ...typed, sha256: undefined })
    },
  })
  const answer = sha256 ? byFile : byCode
  return (
    <CustomerPage
      title="Check a certificate"
      lead="See whether council issued it, and whether it still stands. Nobody needs an account for this."
    >
      <div css={{ display: 'grid', gap: '1.5rem' }}>
        {sha256 || asked ? (
          <InSight of={answer.data}>
            <Loaded query={answer} failed="The certificate could not be checked">
              {(read) => <Verdict read={read} byFile={Boolean(sha256)} />}
            </Loaded>
          </InSight>
        ) : null}
        <CheckFile
          onHash={(hash) => {
            setSearch({ sha256: hash, number: undefined, code: undefined })
          }}
        />
        <Panel title="With the number and the code" hint="They stand beside the QR code on the certificate.">
          <Form form={form} label="Check a certificate">
            <TextField name="number" label="Certificate number" width="md" />
            <TextField name="code" label="Code" width="md" />
            <SubmitButton>Check certificate</SubmitButton>
          </Form>
        </Panel>
      </div>
    </CustomerPage>
  )
}

/** The answer stands above what was asked: it comes into sight whenever it changes. */
function InSight({ of, children }: React.PropsWithChildren<{ of: unknown }>) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (of) box.current?.scrollIntoView({ block: 'nearest' })
  }, [of])
  return <div ref={box}>{children}</div>
}

import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Loaded, ModuleSettingsPanel, StaffPage } from '@banksia/kit'
import { readSigningOptions } from '../api'
import { EarlierSigners } from '../components/earlier-signers'
import { SigningFile } from '../components/signing-file'
import { SigningStanding } from '../components/signing-standing'

/** What the council signs its certificates with. */
export default function SigningPage() {
  const signing = useQuery(readSigningOptions())
  return (
    <StaffPage
      title="Signing certificate"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="With it each certificate is signed when it is issued, so that a PDF reader shows who issued it and that nothing was changed."
    >
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '48rem' }}>
        <Loaded query={signing} failed="The signing certificate could not be loaded">
          {(read) => (
            <>
              <SigningStanding signing={read} />
              <SigningFile replaces={read.in_use !== null} />
              <ModuleSettingsPanel
                name="certificates"
                title="Whether to sign"
                only={['signs_certificates']}
              />
              <EarlierSigners signers={read.earlier} />
            </>
          )}
        </Loaded>
      </div>
    </StaffPage>
  )
}

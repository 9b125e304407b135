import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Loaded, Panel, StaffPage } from '@banksia/kit'
import { readWordingOptions } from '../api'
import { WordingForm } from '../components/wording-form'
import { Variables, Versions } from '../components/wording-aside'
import { wordingPage, wordingsPage } from '../routes'

/** One mail in the council's own words. */
export default function WordingPage() {
  const { name } = wordingPage.useParams()
  const wording = useQuery(readWordingOptions({ path: { name } }))
  return (
    <StaffPage
      title={wording.data?.title ?? 'Wording'}
      where={<TextLink href={wordingsPage.href()}>Wording of email</TextLink>}
      facts={wording.data?.about}
    >
      <Loaded query={wording} failed="The words could not be loaded">
        {(read) => (
          <div
            css={{
              display: 'grid',
              gap: '1.25rem',
              gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 23rem)',
              alignItems: 'start',
              '@media (max-width: 1199px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
            }}
          >
            <Panel
              title={read.is_changed ? 'The council’s own words' : 'The standard words'}
              hint="An empty line begins a paragraph. A link alone on its line becomes a button."
            >
              <WordingForm key={name} read={read} />
            </Panel>
            <div css={{ display: 'grid', gap: '1.25rem' }}>
              <Variables variables={read.variables} />
              <Versions read={read} />
            </div>
          </div>
        )}
      </Loaded>
    </StaffPage>
  )
}

import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  colour,
  formatDayAndTime,
  Loaded,
  Panel,
  slimButtons,
  StaffPage,
  Tag,
  visuallyHidden,
} from '@banksia/kit'
import { readTemplateOptions, type TemplateVersionRead } from '../api'
import { TemplateRestore } from '../components/template-restore'
import { TemplateViews, TemplateWhere, versionWords } from '../components/template-views'
import { templateComparePage, templateVersionsPage } from '../staff-routes'

/** Every version that was published: who, when, why, and the way to bring its text back. */
export default function TemplateVersionsPage() {
  const { code } = templateVersionsPage.useParams()
  const template = useQuery(readTemplateOptions({ path: { code } }))
  const [restored, setRestored] = useState<number>()
  return (
    <StaffPage
      title={template.data?.title ?? 'Certificate template'}
      where={<TemplateWhere />}
      facts="A published version is never changed."
      views={<TemplateViews code={code} active="versions" />}
    >
      <Loaded query={template} failed="The versions could not be loaded">
        {({ versions }) => (
          <Panel title="Versions" flush>
            <ol css={{ listStyle: 'none', margin: 0, padding: 0 }}>
              {versions.map((version, index) => (
                <li key={version.number} css={row}>
                  <Version version={version} />
                  <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.25rem 1rem', ...slimButtons }}>
                    {versions[index + 1] ? (
                      <TextLink
                        href={templateComparePage.href({
                          params: { code },
                          search: {
                            older: String(versions[index + 1]?.number),
                            newer: String(version.number),
                          },
                        })}
                      >
                        What changed
                        <span css={visuallyHidden}>{` in ${versionWords(version.number)}`}</span>
                      </TextLink>
                    ) : null}
                    {version.is_in_force ? null : (
                      <Button
                        size="sm"
                        variant="tertiary"
                        onClick={() => {
                          setRestored(version.number)
                        }}
                      >
                        Publish this text again
                        <span css={visuallyHidden}>{`, ${versionWords(version.number)}`}</span>
                      </Button>
                    )}
                  </div>
                </li>
              ))}
            </ol>
          </Panel>
        )}
      </Loaded>
      {restored === undefined ? null : (
        <TemplateRestore
          code={code}
          number={restored}
          onDone={() => {
            setRestored(undefined)
          }}
        />
      )}
    </StaffPage>
  )
}

function Version({ version }: { version: TemplateVersionRead }) {
  const { number, is_in_force, published_at, published_by_name, reason, restored_from } = version
  return (
    <div css={{ minWidth: 0 }}>
      <strong>{versionWords(number)}</strong> {is_in_force ? <Tag>In force</Tag> : null}
      <p>{reason}</p>
      {published_at === null ? null : (
        <p css={{ color: colour.foregroundMuted, fontSize: '0.875rem' }}>
          {`${formatDayAndTime(published_at)}, ${published_by_name ?? ''}`}
          {restored_from === null ? '' : `, with the text of ${versionWords(restored_from)}`}
        </p>
      )}
    </div>
  )
}

const row = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: '0.5rem 1rem',
  padding: '0.75rem 1rem',
  '& + &': { borderTop: `1px solid ${colour.borderMuted}` },
} as const

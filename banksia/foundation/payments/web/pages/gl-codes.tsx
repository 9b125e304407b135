import { useState } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { byCursor, Notice, PagedList, Panel, RowList, StaffPage, Tag } from '@banksia/kit'
import { listGlCodesInfiniteOptions, readMissingGlCodesOptions } from '../api'
import { AddGlCode, EditGlCode, GlCodeUse } from '../components/gl-code-forms'

/** The codes of the council's general ledger, and those in use that nobody has named. */
export default function GlCodesPage() {
  const codes = useInfiniteQuery({
    ...listGlCodesInfiniteOptions({ query: { limit: 100 } }),
    ...byCursor,
  })
  const missing = useQuery(readMissingGlCodesOptions())
  const [chosen, setChosen] = useState('')
  const [editing, setEditing] = useState<string>()
  return (
    <StaffPage
      title="General-ledger codes"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="The codes that takings are reported and exported under. Products offer the open ones."
    >
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '48rem' }}>
        {missing.data && missing.data.codes.length > 0 ? (
          <Notice tone="warning" title="Something was sold under codes that are not in the list">
            <ul css={{ paddingLeft: '1.25rem' }}>
              {missing.data.codes.map((code) => (
                <li key={code}>
                  <TextLink
                    href="#new-code"
                    onClick={() => {
                      setChosen(code)
                    }}
                  >{`Name ${code || 'the empty code'}`}</TextLink>
                </li>
              ))}
            </ul>
          </Notice>
        ) : null}
        <Panel title="Codes" flush>
          <PagedList
            query={codes}
            failed="The codes could not be loaded"
            empty="No code has a name yet. Reports show the bare codes."
            shown={['code', 'codes']}
          >
            {(rows) => (
              <RowList
                inset
                stack
                rows={rows.map((row) => ({
                  key: row.id,
                  title:
                    editing === row.id ? (
                      <EditGlCode
                        code={row}
                        onDone={() => {
                          setEditing(undefined)
                        }}
                      />
                    ) : (
                      <>
                        {row.title} {row.closed_at ? <Tag>Closed</Tag> : null}
                      </>
                    ),
                  detail: row.code,
                  end: (
                    <GlCodeUse
                      code={row}
                      onRename={() => {
                        setEditing(row.id)
                      }}
                    />
                  ),
                }))}
              />
            )}
          </PagedList>
        </Panel>
        <AddGlCode key={chosen} code={chosen} />
      </div>
    </StaffPage>
  )
}

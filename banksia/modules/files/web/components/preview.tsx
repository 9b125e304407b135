import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { colour, Loaded, PdfPreview, RADIUS } from '@banksia/kit'
import { type DocumentRead, recordPreview } from '../api'
import { type Shown, shownBy } from './shown'
import { versionOf } from './words'

const FRAME = {
  display: 'block',
  maxWidth: '100%',
  border: `1px solid ${colour.borderMuted}`,
  borderRadius: RADIUS.control,
} as const

/** A small picture of the document, and the document itself once somebody asks to see it: looking is in the log. */
export function Preview({ document }: { document: DocumentRead }) {
  const [asked, setAsked] = useState(false)
  const { latest } = document
  const shown = shownBy(document)
  if (latest.virus_scan === 'infected') return null
  if (asked && shown) return <Whole shown={shown} document={document} />
  if (!shown && latest.picture_state !== 'done') return <Unseen document={document} />
  return (
    <div
      css={{
        display: 'grid',
        justifyItems: 'center',
        gap: '0.5rem',
        padding: '0.75rem',
        border: `1px solid ${colour.borderMuted}`,
        borderRadius: RADIUS.control,
        background: colour.backgroundShade,
      }}
    >
      {latest.picture_state === 'done' ? (
        <img
          src={versionOf(document.id, latest.number, 'thumbnail')}
          alt=""
          css={{ ...FRAME, maxHeight: '11rem', background: colour.backgroundBody }}
        />
      ) : null}
      {shown ? (
        <Button variant="text" size="sm" onClick={() => setAsked(true)}>
          Show preview
        </Button>
      ) : null}
    </div>
  )
}

/** Why there is nothing to see, when something was expected. */
function Unseen({ document: { latest } }: { document: DocumentRead }) {
  if (latest.picture_state === 'waiting')
    return <p css={{ color: colour.foregroundMuted }}>A small picture is being drawn.</p>
  if (latest.picture_state === 'unavailable')
    return (
      <p css={{ color: colour.foregroundMuted }}>There is no picture of this file. It is kept as it came.</p>
    )
  return null
}

function Whole({ shown, document }: { shown: Shown; document: DocumentRead }) {
  if (shown.as === 'words') return <Words document={document} />
  if (shown.as === 'pdf') return <PdfPreview url={shown.url} name={document.title} />
  return <img src={shown.url} alt={document.title} css={FRAME} />
}

/** What a letter or a message says. Asked for once, since each look is in the log. */
function Words({ document: { id, title, latest } }: { document: DocumentRead }) {
  const path = { document_id: id, number: latest.number }
  const words = useQuery({
    queryKey: ['files', 'words', id, latest.number],
    queryFn: async ({ signal }) => {
      const { data } = await recordPreview({ path, parseAs: 'text', throwOnError: true, signal })
      return String(data)
    },
    staleTime: Infinity,
  })
  return (
    <Loaded query={words} failed="The words could not be loaded">
      {(read) => (
        <div
          role="region"
          aria-label={`What ${title} says`}
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must be able to stand in it
          tabIndex={0}
          css={{
            ...FRAME,
            maxHeight: '28rem',
            overflow: 'auto',
            padding: '0.75rem',
            background: colour.backgroundBody,
            whiteSpace: 'pre-wrap',
            overflowWrap: 'anywhere',
            fontSize: '0.8125rem',
          }}
        >
          {read}
        </div>
      )}
    </Loaded>
  )
}

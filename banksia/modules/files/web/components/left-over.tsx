import { useMemo, useState, useSyncExternalStore } from 'react'
import { Button } from '@ag.ds-next/react/button'
import {
  colour,
  DropArea,
  focusRing,
  leftUploads,
  Notice,
  RADIUS,
  type Remaining,
  subscribeLeft,
} from '@banksia/kit'
import { matched } from './given-again'
import { begin, breakOff, type FileUploads } from './uploads'
import { counted } from './words'

/** So many are named until one asks for all. */
const NAMED = 5

/** What was dropped and not stored before the page was loaded again: which files, and how they go on. */
export function LeftOver({ propertyId, uploads }: { propertyId: string; uploads: FileUploads }) {
  const all = useSyncExternalStore(subscribeLeft, leftUploads)
  const left = useMemo(() => all.filter(({ about }) => about === propertyId), [all, propertyId])
  const [others, setOthers] = useState<readonly string[]>([])
  if (left.length === 0 && others.length === 0) return null
  const one = left.length === 1
  return (
    <Notice
      tone="warning"
      title={
        left.length === 0
          ? 'What was not finished goes on'
          : `${counted(left.length, 'file')} ${one ? 'was' : 'were'} not stored before this page was loaded again`
      }
    >
      {others.length > 0 ? (
        <p role="status">{`${notAmong(others)} Drop them into a folder to add them.`}</p>
      ) : null}
      {left.length > 0 ? (
        <>
          <p>
            {one
              ? 'Choose the same file to go on. It goes into the folder that it was dropped into.'
              : 'Choose the same files, or drop their folder, to go on. Each goes into the folder that it was dropped into.'}
          </p>
          <Names left={left} />
          <div css={{ margin: '0.75rem 0' }}>
            <DropArea
              onDropped={(dropped) => {
                const { given, unknown } = matched(left, dropped)
                setOthers(unknown.map(({ file }) => file.name))
                begin(uploads, given)
              }}
            />
          </div>
        </>
      ) : null}
      <div>
        <Button
          size="sm"
          variant="text"
          onClick={() => {
            setOthers([])
            breakOff(left.map(({ id }) => id))
          }}
        >
          {left.length === 0 ? 'Hide this' : one ? 'Give it up' : 'Give them up'}
        </Button>
      </div>
    </Notice>
  )
}

/** The first few by name; all of them, however many, in a field that scrolls and can be copied from. */
function Names({ left }: { left: readonly Remaining[] }) {
  const [open, setOpen] = useState(false)
  if (left.length > NAMED && open) {
    return (
      <textarea
        aria-label="Files that remain"
        readOnly
        rows={10}
        value={left.map(wayOf).join('\n')}
        css={{ ...all, ...focusRing }}
      />
    )
  }
  return (
    <>
      <ul css={{ margin: '0.5rem 0', paddingLeft: '1.25rem', overflowWrap: 'anywhere' }}>
        {left.slice(0, NAMED).map((each) => (
          <li key={each.id}>{wayOf(each)}</li>
        ))}
      </ul>
      {left.length > NAMED ? (
        <Button size="sm" variant="text" onClick={() => setOpen(true)}>
          {`Show all ${left.length.toLocaleString('en-AU')}`}
        </Button>
      ) : null}
    </>
  )
}

const wayOf = ({ below, name }: Remaining) => [...below, name].join(' / ')

function notAmong(others: readonly string[]): string {
  if (others.length === 1) return `${String(others[0])} is none of the files that were not finished.`
  const named = new Intl.ListFormat('en-AU').format(
    others.length > NAMED ? [...others.slice(0, NAMED), `${String(others.length - NAMED)} more`] : others,
  )
  return `${named} are none of the files that were not finished.`
}

const all = {
  width: '100%',
  margin: '0.5rem 0',
  padding: '0.5rem',
  border: `1px solid ${colour.border}`,
  borderRadius: RADIUS.control,
  background: colour.backgroundBody,
  color: 'inherit',
  font: 'inherit',
  fontSize: '0.875rem',
} as const

import type { ReactNode } from 'react'
import { ArchiveIcon, ChevronDownIcon, ChevronRightIcon, LockIcon, PauseIcon } from '@ag.ds-next/react/icon'
import { colour, focusRing, RADIUS, RouterLink, tabularFigures } from '@banksia/kit'
import type { FolderSummary } from '../api'
import { filePage } from '../routes'
import { folderTitle, parcelTitle } from './words'

interface FolderLineProps {
  /** None for all documents. */
  folder?: FolderSummary
  title?: string
  total: number
  depth: number
  open: boolean
  propertyId: string
  /** Undefined when there is nothing below it. */
  expanded?: boolean
  onToggle?: () => void
  children?: ReactNode
}

/** One folder in the tree: its name as link, what marks it, how many documents. */
export function FolderLine(props: FolderLineProps) {
  const { folder, total, depth, open, propertyId, expanded, onToggle, children } = props
  const search = filePage.useSearch()
  const title = folder ? folderTitle(folder) : (props.title ?? '')
  const href = filePage.href({
    params: { propertyId },
    search: { folder: folder?.id, order: search.order, as_at: search.as_at },
  })
  return (
    <li>
      <div
        css={{
          display: 'flex',
          alignItems: 'center',
          gap: '0.375rem',
          paddingRight: '0.5rem',
          paddingLeft: `${String(depth * 1.25)}rem`,
          borderRadius: RADIUS.control,
          borderLeft: `3px solid ${open ? colour.selected : 'transparent'}`,
          background: open ? colour.selectedMuted : undefined,
          '&:hover': { background: colour.selectedMuted },
        }}
      >
        {expanded === undefined ? null : (
          <button type="button" onClick={onToggle} aria-expanded={expanded} css={arrow}>
            {expanded ? (
              <ChevronDownIcon size="sm" aria-hidden="false" aria-label={`Close ${title}`} />
            ) : (
              <ChevronRightIcon size="sm" aria-hidden="false" aria-label={`Open ${title}`} />
            )}
          </button>
        )}
        <RouterLink
          href={href}
          aria-current={open ? 'page' : undefined}
          css={{
            flexGrow: 1,
            minWidth: 0,
            padding: expanded === undefined ? '0.375rem 0 0.375rem 0.5rem' : '0.375rem 0',
            color: colour.foregroundText,
            fontWeight: open ? 'bold' : 'normal',
            textDecoration: 'none',
            overflowWrap: 'anywhere',
            '&:hover': { textDecoration: 'underline' },
            ...focusRing,
          }}
        >
          {title}
          {folder?.from_parcel ? (
            <span css={{ display: 'block', fontSize: '0.8125rem', color: colour.foregroundMuted }}>
              {`From ${parcelTitle(folder.from_parcel)}`}
            </span>
          ) : null}
        </RouterLink>
        {folder ? <FolderMarks folder={folder} /> : null}
        {/* The counts are today's. */}
        {search.as_at ? null : (
          <span css={{ ...tabularFigures, color: colour.foregroundMuted }}>
            {total.toLocaleString('en-AU')}
          </span>
        )}
      </div>
      {children ? <ul css={{ listStyle: 'none' }}>{children}</ul> : null}
    </li>
  )
}

/** What one must know of a folder before opening it. */
export function FolderMarks({ folder }: { folder: FolderSummary }) {
  return (
    <>
      {folder.is_restricted ? (
        <LockIcon size="sm" color="muted" aria-hidden="false" aria-label="Restricted" />
      ) : null}
      {folder.on_hold ? <PauseIcon size="sm" color="muted" aria-hidden="false" aria-label="On hold" /> : null}
      {folder.archived_at ? (
        <ArchiveIcon size="sm" color="muted" aria-hidden="false" aria-label="Archived" />
      ) : null}
    </>
  )
}

const arrow = {
  display: 'inline-flex',
  marginLeft: '0.25rem',
  padding: '0.375rem 0.25rem',
  border: 0,
  background: 'none',
  color: colour.foregroundText,
  cursor: 'pointer',
  ...focusRing,
} as const

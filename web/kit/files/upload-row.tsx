import type { ReactNode } from 'react'
import { Button } from '@ag.ds-next/react/button'
import {
  AlertFilledIcon,
  ClockIcon,
  CloseIcon,
  RefreshCcwIcon,
  SuccessFilledIcon,
} from '@ag.ds-next/react/icon'
import { formatBytes, formatProgress } from '../format/bytes'
import { colour, focusRing, PHONE, tabularFigures } from '../theme/tokens'
import type { Upload } from './upload-queue'

const icons = {
  waiting: <ClockIcon color="muted" size="sm" aria-hidden="false" aria-label="Waiting" />,
  uploading: <RefreshCcwIcon color="muted" size="sm" aria-hidden="false" aria-label="Uploading" />,
  stored: <SuccessFilledIcon color="success" size="sm" aria-hidden="false" aria-label="Stored" />,
  failed: <AlertFilledIcon color="error" size="sm" aria-hidden="false" aria-label="Failed" />,
}

interface UploadRowProps {
  upload: Upload
  onRemove: () => void
  onRetry: () => void
  wayOut: ReactNode
}

/** A file under way, or stored, or in need of a person. */
export function UploadRow({ upload, onRemove, onRetry, wayOut }: UploadRowProps) {
  return (
    <li css={row}>
      {icons[upload.state]}
      <span css={{ overflowWrap: 'anywhere' }}>{upload.name}</span>
      <UploadState upload={upload} retry={onRetry} wayOut={wayOut} />
      <button type="button" onClick={onRemove} css={close}>
        <CloseIcon
          size="sm"
          aria-hidden="false"
          aria-label={`${upload.state === 'stored' ? 'Hide' : 'Cancel'} ${upload.name}`}
        />
      </button>
    </li>
  )
}

interface UploadStateProps {
  upload: Upload
  retry: () => void
  wayOut: ReactNode
}

function UploadState({ upload, retry, wayOut }: UploadStateProps): ReactNode {
  if (upload.state === 'failed') {
    return (
      <span>
        {wayOut ?? (
          <>
            {upload.message}{' '}
            <Button variant="text" size="sm" onClick={retry}>
              Try again
            </Button>
          </>
        )}
      </span>
    )
  }
  if (upload.state === 'uploading' && upload.note) return <span role="status">{upload.note}</span>
  if (upload.state !== 'uploading') {
    return (
      <span
        css={muted}
      >{`${formatBytes(upload.size)}, ${upload.state === 'stored' ? 'stored' : 'waiting'}`}</span>
    )
  }
  return (
    <span css={{ display: 'flex', alignItems: 'center', gap: '0.75rem' }}>
      <progress
        aria-label={upload.name}
        max={upload.size}
        value={upload.sent}
        css={{ flexGrow: 1, minWidth: '4rem', height: '0.5rem', accentColor: colour.foregroundAction }}
      />
      <span css={muted}>{formatProgress(upload.sent, upload.size)}</span>
    </span>
  )
}

const muted = { ...tabularFigures, color: colour.foregroundMuted, whiteSpace: 'nowrap' } as const
const row = {
  display: 'grid',
  gridTemplateColumns: '1rem minmax(6rem, 12rem) minmax(0, 1fr) 2rem',
  alignItems: 'center',
  gap: '0.25rem 0.75rem',
  padding: '0.375rem 0.75rem',
  fontSize: '0.875rem',
  [PHONE]: {
    gridTemplateColumns: '1rem minmax(0, 1fr) 2rem',
    '& > :nth-of-type(2)': { gridColumn: '2', gridRow: 2 },
  },
} as const
const close = {
  display: 'inline-flex',
  padding: '0.5rem',
  border: 0,
  background: 'none',
  color: colour.foregroundAction,
  cursor: 'pointer',
  ...focusRing,
} as const

import { type DragEvent, type PropsWithChildren, useId, useRef, useState } from 'react'
import { UploadIcon } from '@ag.ds-next/react/icon'
import { colour, focusRing, RADIUS, visuallyHidden } from '../theme/tokens'
import { type DroppedFile, filesChosen, filesDropped } from './dropped'

interface DropAreaProps {
  onFiles?: (files: File[]) => void
  /** In place of `onFiles`, where whole folders are taken too. */
  onDropped?: (files: DroppedFile[]) => void
  /** What is taken, as the browser's `accept`: `.pdf,image/*`. */
  accept?: string
  /** One file only. */
  single?: boolean
}

/** Where files are dropped or chosen; its children say what is taken. */
export function DropArea({
  onFiles,
  onDropped,
  accept,
  single = false,
  children,
}: PropsWithChildren<DropAreaProps>) {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])]
    if (files.length === 0) return
    if (onDropped && list) onDropped(filesChosen(list))
    else onFiles?.(single ? files.slice(0, 1) : files)
  }
  const dragging = (event: DragEvent, is: boolean) => {
    event.preventDefault()
    setOver(is)
  }
  return (
    <div
      onDragOver={(event) => dragging(event, true)}
      onDragLeave={(event) => dragging(event, false)}
      onDrop={(event) => {
        dragging(event, false)
        if (onDropped) void filesDropped(event.dataTransfer).then(onDropped)
        else take(event.dataTransfer.files)
      }}
      css={{
        display: 'flex',
        alignItems: 'center',
        gap: '1rem',
        padding: '0.75rem 1rem',
        border: `2px dashed ${over ? colour.foregroundAction : colour.border}`,
        borderRadius: RADIUS.panel,
        background: over ? colour.selectedMuted : colour.backgroundShade,
        fontSize: '0.9375rem',
      }}
    >
      <UploadIcon color="action" />
      <div>
        <p css={{ fontWeight: 'bold' }}>
          <span css={{ '@media (hover: none)': { display: 'none' } }}>
            Drop {single ? 'a file' : onDropped ? 'files or folders' : 'files'} here, or{' '}
          </span>
          <label
            htmlFor={id}
            css={{
              color: colour.foregroundAction,
              textDecoration: 'underline',
              fontWeight: 'normal',
              cursor: 'pointer',
              '&:focus-within': focusRing['&:focus-visible'],
            }}
          >
            choose {single ? 'a file' : 'files'}
            <input
              ref={input}
              id={id}
              type="file"
              multiple={!single}
              accept={accept}
              onChange={(event) => {
                take(event.target.files)
                event.target.value = ''
              }}
              css={visuallyHidden}
            />
          </label>
        </p>
        {children ? <p css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>{children}</p> : null}
      </div>
    </div>
  )
}

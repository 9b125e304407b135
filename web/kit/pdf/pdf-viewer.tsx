import { useEffect, useRef, useState } from 'react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { ChevronLeftIcon, ChevronRightIcon, ZoomInIcon, ZoomOutIcon } from '@ag.ds-next/react/icon'
import { ErrorPanel } from '../feedback/error-panel'
import { SkeletonRows } from '../feedback/skeleton'
import { colour, visuallyHidden } from '../theme/tokens'
import { drawPage, freeForgotten, openPdf, PDF, type PdfDocument } from './pdf-document'
import { ToolButton } from './tool-button'

const ZOOMS = [1, 1.25, 1.5, 2] as const

export interface PdfViewerProps {
  url: string
  /** What it is, for those who hear the page: `Draft of Planning certificate 10.7(2)`. */
  name: string
}

/** A PDF page by page. While a newer version loads, the one before stays in sight. */
export default function PdfViewer({ url, name }: PdfViewerProps) {
  const query = useQuery({
    queryKey: [PDF, url],
    queryFn: ({ signal }) => openPdf(url, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
  })
  const queryClient = useQueryClient()
  useEffect(() => {
    freeForgotten(queryClient)
  }, [queryClient])
  const [wanted, setPage] = useState(1)
  const [zoom, setZoom] = useState(0)
  if (query.isError)
    return (
      <ErrorPanel
        error={query.error}
        title="The preview could not be made"
        onRetry={() => void query.refetch()}
      />
    )
  if (!query.data) return <SkeletonRows rows={1} height="24rem" />
  const pages = query.data.numPages
  const page = Math.min(wanted, pages)
  return (
    <div>
      <div css={bar}>
        <ToolButton
          icon={ChevronLeftIcon}
          label="Previous page"
          disabled={page === 1}
          onClick={() => setPage(page - 1)}
        />
        <span role="status">{`Page ${page} of ${pages}`}</span>
        <ToolButton
          icon={ChevronRightIcon}
          label="Next page"
          disabled={page === pages}
          onClick={() => setPage(page + 1)}
        />
        <span css={{ width: 1, height: '1.5rem', background: colour.borderMuted }} />
        <ToolButton
          icon={ZoomOutIcon}
          label="Smaller"
          disabled={zoom === 0}
          onClick={() => setZoom(zoom - 1)}
        />
        <ToolButton
          icon={ZoomInIcon}
          label="Larger"
          disabled={zoom === ZOOMS.length - 1}
          onClick={() => setZoom(zoom + 1)}
        />
      </div>
      <PdfPage pdf={query.data} number={page} zoom={ZOOMS[zoom] ?? 1} name={name} />
    </div>
  )
}

interface PdfPageProps {
  pdf: PdfDocument
  number: number
  zoom: number
  name: string
}

function PdfPage({ pdf, number, zoom, name }: PdfPageProps) {
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [text, setText] = useState('')
  useEffect(() => {
    let left = false
    const draw = async () => {
      if (!canvas.current || !frame.current) return
      const drawn = await drawPage(
        pdf,
        number,
        canvas.current,
        (frame.current.clientWidth - 2 * MARGIN) * zoom,
      )
      if (!left) setText(drawn)
    }
    draw().catch((error: unknown) => console.error(error))
    return () => {
      left = true
    }
  }, [pdf, number, zoom])
  return (
    <div
      ref={frame}
      role="region"
      aria-label={`${name}, page ${number}`}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must be able to stand in it
      tabIndex={0}
      css={{ ...paper, maxHeight: zoom > 1 ? '80vh' : undefined }}
    >
      <canvas
        ref={canvas}
        aria-hidden
        css={{
          display: 'block',
          width: `${zoom * 100}%`,
          boxShadow: '0 1px 4px rgba(0, 0, 0, 0.3)',
          background: 'white',
        }}
      />
      <p css={visuallyHidden}>{text}</p>
    </div>
  )
}

const MARGIN = 16
const bar = {
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'flex-end',
  gap: '0.25rem',
  padding: '0.375rem 0.75rem',
  borderBottom: `1px solid ${colour.borderMuted}`,
  fontSize: '0.9375rem',
} as const
const paper = {
  position: 'relative',
  padding: MARGIN,
  overflow: 'auto',
  background: colour.backgroundShadeAlt,
  '&:focus-visible': { outline: `3px solid ${colour.foregroundFocus}`, outlineOffset: -3 },
} as const

import { lazy, type ReactNode, Suspense } from 'react'
import { Panel } from '../display/panel'
import { SkeletonRows } from '../feedback/skeleton'
import type { PdfViewerProps } from './pdf-viewer'

const PdfViewer = lazy(() => import('./pdf-viewer'))

interface PdfPreviewProps extends PdfViewerProps {
  title?: string
  hint?: ReactNode
  action?: ReactNode
}

/** A panel with a PDF in it. What draws it is fetched only when there is one to draw. */
export function PdfPreview({ url, name, title = 'Preview', hint, action }: PdfPreviewProps) {
  return (
    <Panel flush title={title} hint={hint} action={action}>
      <Suspense fallback={<SkeletonRows rows={1} height="24rem" />}>
        <PdfViewer url={url} name={name} />
      </Suspense>
    </Panel>
  )
}

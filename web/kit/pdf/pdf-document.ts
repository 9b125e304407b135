import type { QueryClient } from '@tanstack/react-query'
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy, PDFWorker } from 'pdfjs-dist'
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { client } from '../api/client'

GlobalWorkerOptions.workerSrc = worker

/** What queries of documents are kept under. */
export const PDF = 'pdf'

export type PdfDocument = PDFDocumentProxy

// One for all documents of the page: each would begin one of its own, which lives on when the document is gone.
let shared: PDFWorker | undefined

/** Fetch and open a PDF of our own server; a problem document comes as a ProblemError. */
export async function openPdf(url: string, signal: AbortSignal): Promise<PdfDocument> {
  const { data } = await client.get<{ 200: ArrayBuffer }, unknown, true>({
    url,
    signal,
    parseAs: 'arrayBuffer',
    throwOnError: true,
  })
  shared ??= PDFWorker.create({})
  return getDocument({ data, worker: shared }).promise
}

const tidied = new WeakSet<QueryClient>()

/** From now on what the worker holds of a document goes when the page forgets the document. */
export function freeForgotten(queryClient: QueryClient): void {
  if (tidied.has(queryClient)) return
  tidied.add(queryClient)
  queryClient.getQueryCache().subscribe(({ type, query }) => {
    const [kind] = query.queryKey as readonly unknown[]
    if (type !== 'removed' || kind !== PDF) return
    const pdf = query.state.data as PdfDocument | undefined
    void pdf?.loadingTask.destroy()
  })
}

/** Draw a page into a canvas, as wide as asked and sharp on this screen. Answers its text, for those who hear it. */
export async function drawPage(
  pdf: PdfDocument,
  number: number,
  canvas: HTMLCanvasElement,
  width: number,
): Promise<string> {
  const page = await pdf.getPage(number)
  const scale = (width / page.getViewport({ scale: 1 }).width) * devicePixelRatio
  const viewport = page.getViewport({ scale })
  // Drawn aside and then copied at once: the page that is shown never turns white meanwhile.
  const drawn = document.createElement('canvas')
  drawn.width = Math.floor(viewport.width)
  drawn.height = Math.floor(viewport.height)
  await page.render({ canvas: drawn, viewport }).promise
  canvas.width = drawn.width
  canvas.height = drawn.height
  canvas.getContext('2d')?.drawImage(drawn, 0, 0)
  const { items } = await page.getTextContent()
  return items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('')
}

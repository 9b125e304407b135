import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist'
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { client } from '../api/client'

GlobalWorkerOptions.workerSrc = worker

export type PdfDocument = PDFDocumentProxy

/** Fetch and open a PDF of our own server; a problem document comes as a ProblemError. */
export async function openPdf(url: string, signal: AbortSignal): Promise<PdfDocument> {
  const { data } = await client.get<{ 200: ArrayBuffer }, unknown, true>({
    url,
    signal,
    parseAs: 'arrayBuffer',
    throwOnError: true,
  })
  return getDocument({ data }).promise
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

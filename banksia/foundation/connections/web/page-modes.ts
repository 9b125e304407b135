import { z } from 'zod'
import type { PageMode } from './manifest'

export const pageModeSchema = z.object({ page_mode: z.enum(['frame', 'origin']) })

/** How pages can be shown, with what each means. */
export const PAGE_MODES: { value: PageMode; label: string; detail: string }[] = [
  {
    value: 'frame',
    label: 'In a frame of its own',
    detail:
      'Its pages cannot touch ours or act for the person who looks at them, and reach nothing beyond what is listed here. Choose this unless you know who wrote it.',
  },
  {
    value: 'origin',
    label: 'Within the council’s own pages',
    detail:
      'Its code can do everything that the person looking at it can do. Only for a module that you trust as you trust this software.',
  },
]

import { z } from 'zod'
import { BRIDGE, type ToShell } from './messages'

const MOST_BYTES = 64 * 1024 * 1024
const isBody = (value: unknown): boolean =>
  value === null || (value instanceof ArrayBuffer && value.byteLength <= MOST_BYTES)

const id = z.number().int().min(0)
const address = z.string().max(4000)

// Only kinds of schemas that other pages use too: each further one would weigh on every first page.
const message = z.union([
  z.object({ type: z.enum(['ready', 'mounted']) }),
  z.object({ type: z.literal('broken'), message: z.string().max(2000) }),
  z.object({ type: z.literal('height'), height: z.number().min(0).max(100_000) }),
  z.object({ type: z.literal('navigate'), path: address, replace: z.boolean() }),
  z.object({ type: z.literal('open'), address }),
  z.object({ type: z.literal('title'), title: z.string().max(200) }),
  z.object({
    type: z.literal('fetch'),
    id,
    url: address,
    method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']),
    headers: z.record(z.string().max(100), z.string().max(4000)),
    body: z.unknown().refine(isBody) as z.ZodType<ArrayBuffer | null>,
  }),
  z.object({ type: z.literal('abort'), id }),
])

const envelope = z.object({ banksia: z.literal(BRIDGE), message })

/** What a frame says, or null for all that is not exactly one of the messages. */
export function readMessage(data: unknown): ToShell | null {
  const read = envelope.safeParse(data)
  return read.success ? read.data.message : null
}

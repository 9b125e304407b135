import { z } from 'zod'

export const endpointSchema = z.object({
  url: z.string().trim().min(1, 'Enter the address of your server.').max(500),
  types: z.array(z.string()).min(1, 'Choose at least one event.'),
})

export const URL_HINT = 'It begins with https:// and is reachable from the internet.'

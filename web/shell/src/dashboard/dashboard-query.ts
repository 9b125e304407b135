import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@banksia/kit'
import { z } from 'zod'

const countsSchema = z.object({
  counts: z.array(
    z.object({ label: z.string(), count: z.number(), to: z.string(), alert: z.boolean().default(false) }),
  ),
})
const widgetSchema = z.object({ name: z.string(), title: z.string(), content: countsSchema })

export type Widget = z.output<typeof widgetSchema> & { module: string }

export interface Dashboard {
  widgets: Widget[]
  /** The titles of those that could not answer just now. */
  failed: string[]
}

/** What a module counts for this person. A widget of another form, as a module of others may send, is left out. */
export function dashboardQuery(module: string) {
  return queryOptions({
    queryKey: ['dashboard', module],
    queryFn: async ({ signal }): Promise<Dashboard> => {
      const url = `/${module}/.well-known/banksia/dashboard.json`
      const { widgets, failed = [] } = await fetchJson<{ widgets: unknown[]; failed?: string[] }>(url, signal)
      const known = widgets.flatMap((widget) => {
        const { data } = widgetSchema.safeParse(widget)
        return data ? [{ ...data, module }] : []
      })
      return { widgets: known, failed }
    },
    refetchInterval: 60_000,
  })
}

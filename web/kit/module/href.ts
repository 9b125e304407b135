/** An address from its pattern, `/orders/$orderId`, with what fills it and what stands after the `?`. */
export function hrefOf(
  pattern: string,
  params: Readonly<Record<string, string>> = {},
  search: Readonly<Record<string, unknown>> = {},
): string {
  const path = pattern.replace(/\$(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  return `${path}${stringifySearch(search)}`
}

/** Plain `?view=mine&page=2`, so that links in mail and by hand work; empty values are left out, lists are repeated. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof one === 'string' && one !== '') query.append(name, one)
      else if (typeof one === 'number' || typeof one === 'boolean') query.append(name, String(one))
    }
  }
  const text = query.toString()
  return text ? `?${text}` : ''
}

/** The reverse: every value is text, or a list of texts where a name is repeated. */
export function parseSearch(text: string): Record<string, string | string[]> {
  const query = new URLSearchParams(text)
  const entries = [...new Set(query.keys())].map((name) => {
    const values = query.getAll(name)
    return [name, values.length > 1 ? values : (values[0] ?? '')] as const
  })
  return Object.fromEntries(entries)
}

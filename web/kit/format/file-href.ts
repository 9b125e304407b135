/** A file of the API with what narrows it, for a link that downloads it. */
export function fileHref(path: string, query: Record<string, string | boolean>): string {
  const words = Object.entries(query).map(([name, value]) => [name, String(value)])
  return `${path}?${new URLSearchParams(words).toString()}`
}

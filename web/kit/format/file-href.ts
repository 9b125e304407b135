/** A file of the API with what narrows it, for a link that downloads it. */
export function fileHref(path: string, query: Record<string, string>): string {
  return `${path}?${new URLSearchParams(query).toString()}`
}

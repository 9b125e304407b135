/** The token of a mail's link, `#token=...`, or null. */
export function linkToken(hash = location.hash): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token')
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The header that proves that a request comes from our own pages; empty for safe methods and guests. */
export function csrfHeader(method: string, cookies = document.cookie): Record<string, string> {
  if (SAFE.has(method.toUpperCase())) return {}
  const token = /(?:^|;\s*)banksia_csrf=([^;]+)/.exec(cookies)?.[1]
  return token ? { 'X-CSRF-Token': decodeURIComponent(token) } : {}
}

const PAUSE_MS = 30_000

/**
 * What the document may load and frame was said when it was loaded. A module that was switched on, or shown in another
 * way, since then is refused by that old policy: load the document anew, once. Answers the way to stop listening.
 */
export function reloadWhenPolicyIsOld(name: string, reload = () => location.reload()): () => void {
  const key = `banksia-reloaded-for-${name}`
  const hear = ({ blockedURI }: SecurityPolicyViolationEvent) => {
    if (!blockedURI.startsWith(`${location.origin}/modules/${name}/`)) return
    if (Date.now() - Number(sessionStorage.getItem(key) ?? 0) < PAUSE_MS) return
    sessionStorage.setItem(key, String(Date.now()))
    reload()
  }
  document.addEventListener('securitypolicyviolation', hear)
  return () => document.removeEventListener('securitypolicyviolation', hear)
}

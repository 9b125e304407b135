// The bare stage: what the shell gives a page, and nothing else. The check calls stage.mount() and stage.leave().
const element = document.getElementById('place')
let mounted
let abort
let asked = 0
const listeners = new Set()

globalThis.stage = {
  async mount({ script, basePath, area, path, user, organisation }) {
    abort = new AbortController()
    const { signal } = abort
    const exports = await import(script)
    if (exports.contract !== 1) throw new Error(`${script} must export const contract = 1.`)
    if (typeof exports.mount !== 'function')
      throw new Error(`${script} must export function mount(element, context).`)
    const href = (to) => `${basePath}${to.startsWith('/') ? to : `/${to}`}`
    mounted = await exports.mount(element, {
      basePath,
      area,
      path,
      href,
      navigate: (to) => {
        for (const listener of listeners) listener(to)
      },
      open: () => undefined,
      onPathChange: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      setTitle: (title) => {
        document.title = title
      },
      fetch: (input, init = {}) => {
        asked += 1
        return fetch(input, { ...init, signal })
      },
      organisation,
      user,
      locale: 'en-AU',
      signal,
    })
  },
  async leave() {
    const problems = []
    abort.abort()
    try {
      mounted?.unmount?.()
    } catch (error) {
      problems.push(`unmount() threw: ${error.message}`)
    }
    if (typeof mounted?.unmount !== 'function') problems.push('mount() must answer { unmount }.')
    else if (element.childElementCount > 0)
      problems.push('After unmount() something of it is left in its element.')
    if (listeners.size > 0)
      problems.push('After unmount() it still listens: call what onPathChange() answered.')
    asked = 0
    await new Promise((done) => setTimeout(done, 300))
    if (asked > 0) problems.push('After unmount() it still asks the server for things.')
    return problems
  },
}

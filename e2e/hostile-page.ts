/**
 * A page that tries to get out of its frame in every way that its author could think of, and writes down how each try
 * ended: `refused` where the browser or the shell said no, else what it got.
 */
export const HOSTILE_PAGE = `
export const contract = 1
export async function mount(element, context) {
  const found = {}
  const attempt = async (name, act) => {
    try {
      const got = await act()
      found[name] = got === undefined || got === null ? 'nothing' : 'GOT ' + String(got).slice(0, 80)
    } catch (error) {
      found[name] = 'refused'
    }
  }
  const raw = (message) => parent.postMessage({ banksia: 1, message }, '*')
  let last = 9000
  /** What the shell answers when it is asked past the page's own context. */
  const ask = (url, more = {}) =>
    new Promise((resolve, reject) => {
      const id = (last += 1)
      const hear = ({ data }) => {
        const message = data.message
        if (message?.id !== id) return
        removeEventListener('message', hear)
        if (message.type === 'answer') resolve(message.status + ' ' + new TextDecoder().decode(message.body ?? new ArrayBuffer()))
        else reject(new Error(message.message))
      }
      addEventListener('message', hear)
      raw({ type: 'fetch', id, url, method: 'GET', headers: {}, body: null, ...more })
      setTimeout(() => reject(new Error('no answer')), 1500)
    })
  const name = context.basePath.split('/')[1]

  await attempt('origin', () => (origin === 'null' ? null : origin))
  await attempt('read the top', () => top.location.href)
  await attempt('read the parent', () => parent.document.body.innerHTML)
  await attempt('frame element', () => frameElement)
  await attempt('cookies', () => document.cookie)
  await attempt('storage', () => localStorage.length)
  await attempt('session storage', () => sessionStorage.length)
  await attempt('databases', () => new Promise((resolve, reject) => {
    const request = indexedDB.open('x')
    request.onsuccess = () => resolve('opened')
    request.onerror = () => reject(new Error())
  }))
  await attempt('caches', () => caches.keys())
  await attempt('service worker', () => navigator.serviceWorker.register('/modules/' + name + '/page.js'))
  await attempt('window', () => open('/', '_blank'))
  await attempt('own request of the session', async () => (await fetch('/api/auth/me')).text())
  await attempt('own request with cookies', async () => (await fetch('/api/auth/me', { credentials: 'include', mode: 'no-cors' })).type)
  await attempt('own request elsewhere', async () => (await fetch('https://elsewhere.example/')).status)
  await attempt('inline script', () => {
    const script = Object.assign(document.createElement('script'), { textContent: 'window.ran = "ran"' })
    document.head.append(script)
    return window.ran
  })
  await attempt('eval', () => eval('"ran"'))
  await attempt('script of the API', () => new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src: '/api/auth/me', onload: () => resolve('loaded'), onerror: reject })
    document.head.append(script)
  }))
  await attempt('frame in the frame', () => new Promise((resolve, reject) => {
    const inner = Object.assign(document.createElement('iframe'), { src: '/', onload: () => { try { resolve(inner.contentDocument?.body.innerHTML || null) } catch (error) { reject(error) } } })
    document.body.append(inner)
    setTimeout(() => resolve(null), 800)
  }))
  await attempt('the session over the bridge', async () => (await context.fetch('/api/auth/me')).text())
  for (const url of ['/api/auth/me', '/api/' + name + '/../auth/me', '/api/' + name + '/%2e%2e/auth/me',
    '/api/' + name + '/..%2fauth/me', '/api/organisations/modules', '/api/property/owners/search?q=a', '/modules/x/page.js',
    'https://elsewhere.example/api/' + name + '/x'])
    await attempt('bridge: ' + url.replaceAll(name, 'NAME'), () => ask(url))
  await attempt('bridge: an undeclared route', async () => {
    const got = await ask('/api/' + name + '/secrets')
    return got.startsWith('404') ? null : got
  })
  await attempt('bridge: writing to properties', () => ask('/api/property/search?q=a', { method: 'POST', body: new ArrayBuffer(2) }))
  raw({ type: 'navigate', path: '/../../auth/customer/account', replace: true })
  raw({ type: 'open', address: '/settings' })
  raw({ type: 'open', address: 'https://elsewhere.example/' })
  raw({ type: 'height', height: '1px; position: fixed; inset: 0' })
  raw({ type: 'title', title: { toString: 1 } })
  raw({ type: '__proto__', constructor: 'x' })
  raw(null)
  parent.postMessage('x', '*')
  await attempt('leave by the top', () => { top.location.href = '/auth/customer/sign-in' })
  await attempt('leave by the parent', () => { parent.location.replace('/auth/customer/sign-in') })
  await attempt('leave by a link', () => {
    const link = Object.assign(document.createElement('a'), { href: '/auth/customer/account', target: '_top' })
    document.body.append(link)
    link.click()
  })
  await attempt('send a form', () => {
    const form = Object.assign(document.createElement('form'), { action: '/api/auth/logout', method: 'post', target: '_top' })
    document.body.append(form)
    form.submit()
  })
  try { history.go(-1) } catch {}
  element.innerHTML = '<h1>Nothing to see</h1><pre></pre>'
  element.querySelector('pre').textContent = JSON.stringify(found)
  // At last it leaves its own document: the page around it frames nothing else.
  setTimeout(() => { location.href = '/auth/customer/sign-in' }, 1500)
  return {}
}
`

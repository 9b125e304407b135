// A remote module of a few lines, for journeys: what it says of itself, what its page does, and whether it is well.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

type Json = Record<string, unknown>

/** What a small module with a page, a box on Today and settings says of itself. */
export function manifestOf(id: string, more: Json = {}): Json {
  return {
    protocol: 1,
    id,
    title: `Street trees ${id}`,
    version: '1.0.0',
    kind: 'workflow',
    description: 'Residents ask for a tree in their street, and the parks team says when it is planted.',
    publisher: { name: 'Shire Software', url: 'https://shire.example', email: 'help@shire.example' },
    licence: 'Apache-2.0',
    support: { url: 'https://shire.example/help', email: 'help@shire.example' },
    requires: [{ module: 'property', version: '>=0.1', optional: false }],
    permissions: [
      { name: `${id}.requests.manage`, title: 'Answer requests for trees', roles: ['administrator'] },
    ],
    routes: [
      { path: '/species', methods: ['GET'], audience: 'public' },
      { path: '/requests', methods: ['GET', 'POST'], audience: 'staff', permission: `${id}.requests.manage` },
    ],
    pages: {
      script: '/page.js',
      mode: 'frame',
      navigation: [
        {
          label: `Street trees ${id}`,
          to: `/${id}/staff`,
          area: 'staff',
          permission: `${id}.requests.manage`,
          group: 'work',
        },
      ],
    },
    widgets: [
      {
        name: 'waiting',
        title: `Trees asked for ${id}`,
        path: '/widgets/waiting',
        place: 'dashboard',
        permission: `${id}.requests.manage`,
      },
    ],
    events: { url: '/events', hears: ['payments.payment_settled'], emits: [] },
    capabilities: ['property.search', 'notices.send'],
    settings: {
      type: 'object',
      additionalProperties: false,
      properties: {
        season: { type: 'string', title: 'When trees are planted', default: 'May to August', maxLength: 60 },
        a_year: { type: 'integer', title: 'Trees a year', default: 200, minimum: 0, maximum: 5000 },
      },
    },
    data: [
      {
        name: 'Requests with the name of whoever asked',
        personal: true,
        retention: '2 years after planting',
      },
    ],
    health: '/health',
    ...more,
  }
}

/** The module's server; the test changes what it says while it runs. */
export class RemoteModule {
  manifest: Json
  page: string
  well = true
  /** What it was asked, by method and path below its own name. */
  readonly asked: string[] = []
  private readonly server: Server

  constructor(manifest: Json, page: string) {
    this.manifest = manifest
    this.page = page
    this.server = createServer((request, response) => {
      const path = (request.url ?? '').replace(`/${this.name}`, '')
      this.asked.push(`${request.method ?? ''} ${path}`)
      const [type, content] = this.answer(path.split('?')[0] ?? '')
      response.writeHead(content === null ? 404 : this.well ? 200 : 500, { 'Content-Type': type })
      response.end(content ?? '{}')
    })
  }

  get name(): string {
    return String(this.manifest.id)
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    return this
  }

  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  private answer(path: string): [type: string, content: string | null] {
    const json = (value: unknown): [string, string] => ['application/json', JSON.stringify(value)]
    if (path === '/.well-known/banksia/meta.json') return json(this.manifest)
    if (path === '/health') return json({ status: 'ok' })
    if (path === '/pages/page.js') return ['text/javascript', this.page]
    if (path === '/api/species') return json({ species: ['Brush box', 'Crepe myrtle'] })
    if (path === '/api/requests') return json({ requests: [{ id: 1, street: 'Wiliwa Street', trees: 3 }] })
    if (path === '/widgets/waiting')
      return json({ counts: [{ label: 'To answer', count: 3, to: `/${this.name}/staff`, alert: false }] })
    return ['application/json', path === '/events' ? '{}' : null]
  }
}

/** A page in plain JavaScript, with a list, a page of each row, and a title of its own. */
export const PAGE = `
export const contract = 1
export function mount(element, context) {
  const draw = async (path) => {
    if (path.startsWith('/1')) {
      context.setTitle('Wiliwa Street')
      element.innerHTML = '<h1>Wiliwa Street</h1><p>3 trees.</p><p><a>All requests</a></p>'
      element.querySelector('a').href = context.href('/')
      return
    }
    context.setTitle('Requests for trees')
    const answer = await context.fetch('/api/' + context.basePath.split('/')[1] + '/requests')
    const { requests } = await answer.json()
    element.innerHTML = '<h1>Requests for trees</h1><ul></ul><p class="who"></p><button type="button">Open the first</button>'
    for (const each of requests) {
      const link = Object.assign(document.createElement('a'), { textContent: each.street, href: context.href('/' + each.id) })
      element.querySelector('ul').append(document.createElement('li'))
      element.querySelector('li').append(link)
    }
    element.querySelector('.who').textContent = context.user.name + ' at ' + context.organisation.name
    element.querySelector('button').onclick = () => context.navigate('/1')
  }
  const stop = context.onPathChange((path) => void draw(path))
  void draw(context.path)
  return { unmount: stop }
}
`

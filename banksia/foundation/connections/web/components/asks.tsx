import type { ReactNode } from 'react'
import { colour, Panel, Tag } from '@banksia/kit'
import { AUDIENCES, type Audience, CAPABILITIES, inWords, type Manifest } from '../manifest'

/** All that a module asks for, in words: what an administrator reads before approving it. */
export function Asks({ manifest, title }: { manifest: Manifest; title: string }) {
  const { requires, permissions, capabilities, events, payments, data } = manifest
  return (
    <Panel title={title}>
      <div css={parts}>
        <Part title="What it may do here" none="Nothing beyond its own addresses.">
          {capabilities.map((name) => (
            <Line key={name} name={CAPABILITIES[name] ?? name} />
          ))}
        </Part>
        <Part title="Data it keeps on its own server" none="It says that it keeps none.">
          {data.map(({ name, personal, retention }) => (
            <Line
              key={name}
              name={name}
              tag={personal ? <Tag tone="urgent">Personal</Tag> : null}
              detail={`Kept ${retention}`}
            />
          ))}
        </Part>
        <Part title="Payments" none="It takes no money.">
          {payments.map((each) => (
            <Line
              key={each.kind}
              name={each.title}
              detail={each.refunds ? 'With refunds' : 'Without refunds'}
            />
          ))}
        </Part>
        <Part title="Permissions, and the roles that get them" none="None of its own.">
          {permissions.map((each) => (
            <Line key={each.name} name={each.title} detail={rolesInWords(each.roles)} />
          ))}
        </Part>
        <Addresses manifest={manifest} />
        <Part title="Events it is told of" none="None.">
          {events.hears.map((name) => (
            <Line key={name} name={<code>{name}</code>} />
          ))}
        </Part>
        <Part title="Events it tells" none="None.">
          {events.emits.map(({ name }) => (
            <Line key={name} name={<code>{name}</code>} />
          ))}
        </Part>
        <Part title="Modules it needs" none="None.">
          {requires.map(({ module, version, optional }) => (
            <Line
              key={module}
              name={version ? `${inWords(module)}, version ${version}` : inWords(module)}
              detail={optional ? 'Works with less when it is off' : 'Cannot be switched on without it'}
            />
          ))}
        </Part>
        <Shown manifest={manifest} />
      </div>
    </Panel>
  )
}

/** The addresses by whom they are for; there can be hundreds, so each group is one line until it is opened. */
function Addresses({ manifest: { id, routes } }: { manifest: Manifest }) {
  const groups = (Object.keys(AUDIENCES) as Audience[])
    .map((audience) => ({ audience, found: routes.filter((each) => each.audience === audience) }))
    .filter(({ found }) => found.length > 0)
  return (
    <Part title="Addresses that reach it" none="None.">
      {groups.map(({ audience, found }) => (
        <li key={audience}>
          <details>
            <summary css={{ cursor: 'pointer' }}>
              {AUDIENCES[audience]} <span css={muted}>({found.length})</span>
            </summary>
            <ul css={{ ...list, margin: '0.5rem 0 0.25rem 1.125rem' }}>
              {found.map(({ path, methods }) => (
                <li key={`${methods.join()} ${path}`}>
                  <code css={code}>
                    {methods.join(', ')} /api/{id}
                    {path}
                  </code>
                </li>
              ))}
            </ul>
          </details>
        </li>
      ))}
    </Part>
  )
}

function Shown({ manifest: { pages, widgets } }: { manifest: Manifest }) {
  const places = { dashboard: 'on Today', property: 'on the page of a property' } as const
  const menus = { customer: 'customers', staff: 'staff', settings: 'the settings' } as const
  return (
    <Part title="What people see of it" none="It has no pages.">
      {(pages?.navigation ?? []).map(({ label, to, area }) => (
        <Line key={to} name={label} detail={`In the menu of ${menus[area]}`} />
      ))}
      {widgets.map(({ name, title, place }) => (
        <Line key={name} name={title} detail={`A box ${places[place]}`} />
      ))}
    </Part>
  )
}

function Part({ title, none, children }: { title: string; none: string; children: ReactNode[] | ReactNode }) {
  const empty = [children].flat(2).filter(Boolean).length === 0
  return (
    <section>
      <h3 css={{ fontSize: '0.9375rem', marginBottom: '0.25rem' }}>{title}</h3>
      {empty ? <p css={muted}>{none}</p> : <ul css={list}>{children}</ul>}
    </section>
  )
}

function Line({ name, detail, tag }: { name: ReactNode; detail?: string; tag?: ReactNode }) {
  return (
    <li>
      {name} {tag}
      {detail ? <span css={{ ...muted, display: 'block', fontSize: '0.875rem' }}>{detail}</span> : null}
    </li>
  )
}

function rolesInWords(roles: readonly string[]): string {
  return roles.length > 0 ? roles.map(inWords).join(', ') : 'No role gets it'
}

/** Beside each other where there is room: there are many, and most are short. */
const parts = {
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(min(22rem, 100%), 1fr))',
  gap: '1.25rem 2rem',
} as const
const muted = { color: colour.foregroundMuted } as const
const list = { listStyle: 'none', display: 'grid', gap: '0.375rem' } as const
const code = { fontSize: '0.8125rem', overflowWrap: 'anywhere' } as const

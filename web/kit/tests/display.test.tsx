import { useQuery } from '@tanstack/react-query'
import { screen, within } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { CopyButton } from '../display/copy-button'
import { Due } from '../display/due'
import { PropertyIdentity, propertyLine } from '../display/property-identity'
import { Status } from '../display/status'
import { Steps } from '../display/steps'
import { Sums } from '../display/sums'
import { Timeline } from '../display/timeline'
import { Views } from '../display/views'
import { Loaded } from '../feedback/loaded'
import { ShortcutHelp } from '../keyboard/shortcut-help'
import { useShortcuts } from '../keyboard/shortcuts'
import { AccountMenu, initials } from '../layout/account-menu'
import { ProblemError } from '../api/problem'
import { renderKit, setWidth } from '../testing'

describe('Loaded', () => {
  function Orders({ load }: { load: () => Promise<string> }) {
    const query = useQuery({ queryKey: ['orders'], queryFn: load })
    return (
      <Loaded query={query} failed="Orders could not be loaded">
        {(text) => <p>{text}</p>}
      </Loaded>
    )
  }

  test('shows nothing at once, then rows, then what was loaded', async () => {
    const answer = Promise.withResolvers<string>()
    renderKit(<Orders load={() => answer.promise} />)
    expect(screen.queryByText('Loading')).not.toBeInTheDocument()
    expect(await screen.findByText('Loading')).toBeInTheDocument()
    answer.resolve('12 orders')
    expect(await screen.findByText('12 orders')).toBeVisible()
  })

  test('says that it failed and tries again', async () => {
    const load = vi.fn<() => Promise<string>>()
    load
      .mockRejectedValueOnce(new ProblemError({ detail: 'The database is away.' }, 503))
      .mockResolvedValueOnce('12 orders')
    const { user } = renderKit(<Orders load={load} />)
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Orders could not be loadedThe database is away.',
    )
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('12 orders')).toBeVisible()
  })

  test('keeps what was loaded when loading it again fails', async () => {
    const load = vi.fn<() => Promise<string>>()
    load.mockResolvedValueOnce('12 orders').mockRejectedValueOnce(new ProblemError({}, 503))
    const { queryClient } = renderKit(<Orders load={load} />)
    await screen.findByText('12 orders')
    await queryClient.invalidateQueries()
    expect(load).toHaveBeenCalledTimes(2)
    expect(screen.getByText('12 orders')).toBeVisible()
  })
})

describe('a property', () => {
  test('is told in the one order: address, land, assessment', () => {
    renderKit(
      <PropertyIdentity
        address="54 Williwa Street, Portland NSW 2847"
        parcels={['2/2/DP2288', '3/2/DP2288']}
        assessment="104882"
        alsoKnownAs={['3 Lett Lane']}
      />,
    )
    expect(screen.getByRole('heading')).toHaveTextContent('54 Williwa StreetPortland NSW 2847')
    expect(screen.getAllByRole('term').map(({ textContent }) => textContent)).toEqual([
      'Land',
      'Assessment',
      'Also known as',
    ])
    expect(screen.getByText('Lot 2 Section 2 DP 2288 and Lot 3 Section 2 DP 2288')).toBeVisible()
  })

  test('without an address or a lot says so', () => {
    renderKit(<PropertyIdentity address={null} parcels={[]} />)
    expect(screen.getByRole('heading')).toHaveTextContent('No street address')
    expect(screen.getByText('No lot is known here')).toBeVisible()
    expect(propertyLine({ parcels: ['13//DP1242624'], assessment: null })).toBe('Lot 13 DP 1242624')
  })
})

describe('states', () => {
  test('are a word and an icon that says its tone', () => {
    renderKit(<Status word="Waiting for you" />)
    expect(screen.getByText('Waiting for you')).toBeVisible()
    expect(screen.getByLabelText('Status: warning.')).toBeInTheDocument()
  })

  test('due is never a bare date', () => {
    const { container } = renderKit(
      <Due dueOn="2026-11-18" workingDaysLeft={-3} now={new Date('2026-11-23T00:00:00Z')} />,
    )
    expect(container).toHaveTextContent('3 days lateWed 18 Nov')
  })
})

describe('lists of steps', () => {
  test('done ones lead back, the present one is marked, later ones are words', () => {
    renderKit(
      <Steps
        current={1}
        steps={[
          { label: 'Property', href: '/' },
          { label: 'Certificates' },
          { label: 'Your details', href: '/x' },
        ]}
      />,
    )
    const items = screen.getAllByRole('listitem')
    expect(within(items[0]!).getByRole('link', { name: 'Property' })).toHaveAttribute('href', '/')
    expect(items[1]).toHaveAttribute('aria-current', 'step')
    expect(within(items[2]!).queryByRole('link')).not.toBeInTheDocument()
  })

  test('a timeline says what is done and what is under way', () => {
    renderKit(
      <Timeline
        events={[
          { title: 'Paid', state: 'done' },
          { title: 'Being prepared', state: 'now' },
          { title: 'Issued', state: 'ahead' },
        ]}
      />,
    )
    expect(screen.getAllByLabelText('Done:')).toHaveLength(1)
    expect(screen.getAllByRole('listitem').map((item) => item.getAttribute('aria-current'))).toEqual([
      null,
      'step',
      null,
    ])
  })

  test('views are links with their count, the open one marked', () => {
    renderKit(
      <Views
        label="Queue"
        active="/q?view=mine"
        views={[
          { label: 'Mine', href: '/q?view=mine', count: 1200 },
          { label: 'All', href: '/q?view=all' },
        ]}
      />,
    )
    expect(screen.getByRole('link', { name: 'Mine 1,200' })).toHaveAttribute('aria-current', 'page')
    expect(screen.getByRole('link', { name: 'All' })).not.toHaveAttribute('aria-current')
  })
})

test('sums are amounts with cents, and their total', () => {
  const { container } = renderKit(
    <Sums
      sums={[{ label: 'Planning 10.7(2)', cents: 6900 }]}
      total={{ label: 'Total', cents: 6900 }}
      note="No GST applies"
    />,
  )
  expect(container).toHaveTextContent('Planning 10.7(2)$69.00Total$69.00No GST applies')
})

describe('the person', () => {
  test.each([
    ['Priya Nair', 'PN'],
    ['Dale & Kaur Lawyers', 'DL'],
    ['Björk', 'B'],
    ['', ''],
  ])('%s is %s', (name, letters) => expect(initials(name)).toBe(letters))

  test('has a menu that Escape closes, giving the focus back', async () => {
    const { user } = renderKit(
      <AccountMenu name="Priya Nair">{<a href="/account">Your account</a>}</AccountMenu>,
    )
    const button = screen.getByRole('button', { name: /Priya Nair/ })
    expect(screen.queryByRole('link')).not.toBeInTheDocument()
    await user.click(button)
    screen.getByRole('link', { name: 'Your account' }).focus()
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('link')).not.toBeInTheDocument()
    expect(button).toHaveFocus()
  })

  test('stands open in the menu of a phone', () => {
    setWidth(390)
    renderKit(<AccountMenu name="Priya Nair">{<a href="/account">Your account</a>}</AccountMenu>)
    expect(screen.getByRole('link', { name: 'Your account' })).toBeVisible()
  })
})

test('the keys that work are listed under ?, and rest while the list is open', async () => {
  const hold = vi.fn()
  function Page() {
    useShortcuts([{ key: 'h', label: 'Put on hold', run: hold }])
    return <ShortcutHelp />
  }
  const { user } = renderKit(<Page />)
  await user.keyboard('?')
  const list = screen.getByRole('dialog', { name: 'Keyboard shortcuts' })
  expect(within(list).getByText('Put on hold')).toBeInTheDocument()
  await user.keyboard('h')
  expect(hold).not.toHaveBeenCalled()
  await user.click(within(list).getByRole('button', { name: 'Close' }))
  await user.keyboard('h')
  expect(hold).toHaveBeenCalledOnce()
})

test('a key that is held does once what it does, and moves as often as it says itself', async () => {
  const next = vi.fn()
  const down = vi.fn()
  function Page() {
    useShortcuts([
      { key: 'n', label: 'Start the next one', run: next },
      { key: 'j', label: 'Next row', run: down },
    ])
    return null
  }
  const { user } = renderKit(<Page />)
  await user.keyboard('{n>3/}{j>3/}')
  expect(next).toHaveBeenCalledTimes(1)
  expect(down).toHaveBeenCalledTimes(3)
})

test('a text is copied, and that is said', async () => {
  const { user } = renderKit(<CopyButton text="BH-2026-04417" />)
  await user.click(screen.getByRole('button', { name: 'Copy' }))
  expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await navigator.clipboard.readText()).toBe('BH-2026-04417')
})

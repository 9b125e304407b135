import { screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import {
  customer,
  http,
  HttpResponse,
  problem,
  renderPage,
  server,
  signedIn,
  staff,
} from '@banksia/kit/testing'
import {
  accountPage,
  forgottenPasswordPage,
  registerPage,
  setPasswordPage,
  signInPage,
  verifyPage,
} from '../routes'

const EMAIL = 'mei@example.com'
const PASSWORD = 'four words in a row'

/** What is sent to an address, in order. */
function sentTo(path: string, answer: () => Response, method: 'post' | 'patch' = 'post') {
  const bodies: unknown[] = []
  server.use(
    http[method](`*${path}`, async ({ request }) => {
      bodies.push(await request.json())
      return answer()
    }),
  )
  return bodies
}

afterEach(() => {
  location.hash = ''
})

describe('sign in', () => {
  async function signIn(href?: string) {
    const page = await renderPage(signInPage, href)
    await page.user.type(screen.getByLabelText('Email'), EMAIL)
    await page.user.type(screen.getByLabelText('Password'), 'secret')
    await page.user.click(screen.getByRole('button', { name: 'Sign in' }))
    return page
  }

  test.each([
    ['a customer', customer(), '/'],
    ['staff', staff(), '/staff'],
  ])('takes %s to where they begin', async (_, user, home) => {
    const bodies = sentTo('/api/auth/login', () => HttpResponse.json({ user }))
    signedIn(user)
    const { location } = await signIn()
    await waitFor(() => expect(location()).toBe(home))
    expect(bodies).toEqual([{ email: EMAIL, password: 'secret' }])
  })

  test('goes back to where one was, never to another site', async () => {
    sentTo('/api/auth/login', () => HttpResponse.json({ user: customer() }))
    const { location, unmount } = await signIn(
      signInPage.href({ search: { return_to: '/certificates/customer/orders?q=2' } }),
    )
    await waitFor(() => expect(location()).toBe('/certificates/customer/orders?q=2'))
    unmount()
    const other = await signIn(signInPage.href({ search: { return_to: '//elsewhere.example' } }))
    await waitFor(() => expect(other.location()).toBe('/'))
  })

  test('says what is wrong and keeps the address', async () => {
    sentTo('/api/auth/login', () =>
      problem(401, 'The email address or password is wrong. Try again, or set a new password.'),
    )
    await signIn()
    expect(await screen.findByRole('alert')).toHaveTextContent('Try again, or set a new password.')
    expect(screen.getByLabelText('Email')).toHaveValue(EMAIL)
  })
})

describe('register', () => {
  async function register(password: string) {
    const page = await renderPage(registerPage)
    await page.user.type(screen.getByLabelText('Your name'), 'Mei Tran')
    await page.user.type(screen.getByLabelText('Email'), EMAIL)
    await page.user.type(screen.getByLabelText('Password'), password)
    await page.user.click(screen.getByRole('button', { name: 'Make an account' }))
  }

  test('sends the account and says where the link went', async () => {
    const bodies = sentTo('/api/auth/register', () => HttpResponse.json({ email: EMAIL }, { status: 202 }))
    await register(PASSWORD)
    expect(await screen.findByText(`We have emailed ${EMAIL}`)).toBeVisible()
    expect(bodies).toEqual([{ name: 'Mei Tran', email: EMAIL, password: PASSWORD }])
  })

  test('a short password is not sent', async () => {
    const bodies = sentTo('/api/auth/register', () => HttpResponse.json({ email: EMAIL }))
    await register('short')
    expect(await screen.findByRole('alert')).toHaveTextContent('Password: Use 12 characters or more.')
    expect(bodies).toEqual([])
  })

  test('what the server says of the password stands on its field', async () => {
    sentTo('/api/auth/register', () =>
      problem(422, 'Check it.', [{ field: 'password', message: 'Use more different characters.' }]),
    )
    await register('aaaaaaaaaaaaaa')
    expect(await screen.findByRole('alert')).toHaveTextContent('Password: Use more different characters.')
    expect(screen.getByLabelText('Password')).toBeInvalid()
  })
})

describe('the link of a mail', () => {
  test('confirms the address once', async () => {
    location.hash = '#token=abc'
    const bodies = sentTo('/api/auth/verify-email', () => HttpResponse.json({ email: EMAIL }))
    await renderPage(verifyPage)
    expect(await screen.findByText(`${EMAIL} is confirmed`)).toBeVisible()
    expect(bodies).toEqual([{ token: 'abc' }])
  })

  test('that is used says so', async () => {
    location.hash = '#token=abc'
    sentTo('/api/auth/verify-email', () =>
      problem(410, 'This link was used already or is too old. Ask for a new one.'),
    )
    await renderPage(verifyPage)
    expect(await screen.findByText(/Ask for a new one/)).toBeVisible()
  })

  test('that is cut short asks for the whole of it', async () => {
    await renderPage(verifyPage)
    expect(screen.getByText('The link is not complete')).toBeVisible()
  })

  test('sets a password', async () => {
    location.hash = '#token=abc'
    const bodies = sentTo('/api/auth/reset-password', () => HttpResponse.json({ email: EMAIL }))
    const { user } = await renderPage(setPasswordPage)
    await user.type(screen.getByLabelText('New password'), PASSWORD)
    await user.click(screen.getByRole('button', { name: 'Set password' }))
    expect(await screen.findByText('Your password is set')).toBeVisible()
    expect(bodies).toEqual([{ token: 'abc', password: PASSWORD }])
  })

  test('is asked for by the address alone', async () => {
    const bodies = sentTo('/api/auth/request-password-reset', () =>
      HttpResponse.json({ email: EMAIL }, { status: 202 }),
    )
    const { user } = await renderPage(forgottenPasswordPage)
    await user.type(screen.getByLabelText('Email'), EMAIL)
    await user.click(screen.getByRole('button', { name: 'Email me a link' }))
    expect(
      await screen.findByText(`If ${EMAIL} has an account here, a link to set a new password is on its way.`),
    ).toBeVisible()
    expect(bodies).toEqual([{ email: EMAIL }])
  })
})

describe('the account', () => {
  test('changes the name, and the one shown with it', async () => {
    const bodies = sentTo('/api/auth/me', () => HttpResponse.json({ user: customer() }), 'patch')
    const { user } = await renderPage(accountPage, undefined, { user: customer() })
    await user.clear(screen.getByLabelText('Name'))
    await user.type(screen.getByLabelText('Name'), 'Mei Tran-Lee')
    await user.click(screen.getByRole('button', { name: 'Save name' }))
    expect(await screen.findByText(/^Saved/)).toBeVisible()
    expect(bodies).toEqual([{ name: 'Mei Tran-Lee' }])
  })

  test('changes the password and empties both fields', async () => {
    const bodies = sentTo('/api/auth/change-password', () => new HttpResponse(null, { status: 204 }))
    const { user } = await renderPage(accountPage, undefined, { user: customer() })
    await user.type(screen.getByLabelText('Present password'), 'before')
    await user.type(screen.getByLabelText('New password'), PASSWORD)
    await user.click(screen.getByRole('button', { name: 'Change password' }))
    expect(await screen.findByText(/^Saved/)).toBeVisible()
    expect(screen.getByLabelText('Present password')).toHaveValue('')
    expect(bodies).toEqual([{ current_password: 'before', password: PASSWORD }])
  })

  test('a wrong present password stands on its field', async () => {
    sentTo('/api/auth/change-password', () =>
      problem(422, 'Check it.', [
        { field: 'current_password', message: 'This is not your present password.' },
      ]),
    )
    const { user } = await renderPage(accountPage, undefined, { user: customer() })
    await user.type(screen.getByLabelText('Present password'), 'wrong')
    await user.type(screen.getByLabelText('New password'), PASSWORD)
    await user.click(screen.getByRole('button', { name: 'Change password' }))
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Present password: This is not your present password.',
    )
  })
})

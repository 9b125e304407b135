import { afterEach, describe, expect, test } from 'vitest'
import { client } from '../api/client'
import { csrfHeader } from '../api/csrf'
import { ProblemError, problemOf } from '../api/problem'
import { safeReturn } from '../session/session'
import { http, HttpResponse, problem, server } from '../testing'

afterEach(() => {
  document.cookie = 'banksia_csrf=; max-age=0'
})

describe('the client', () => {
  test('sends the token of the cookie with what changes something, and with nothing else', async () => {
    document.cookie = 'banksia_csrf=a%2Bb'
    const sent: (string | null)[] = []
    const handler = ({ request }: { request: Request }) => {
      sent.push(request.headers.get('X-CSRF-Token'))
      return HttpResponse.json({})
    }
    server.use(http.get('*/api/x', handler), http.post('*/api/x', handler))
    await client.get({ url: '/api/x' })
    await client.post({ url: '/api/x', body: {} })
    expect(sent).toEqual([null, 'a+b'])
  })

  test('says that nothing is there where an address has no id in the place of one', async () => {
    const message = 'Input should be a valid UUID, invalid character: found `n` at 1'
    server.use(http.get('*/api/x', () => problem(422, message, [{ field: 'property_id', message }])))
    const error = problemOf(
      await client.get({ url: '/api/x', throwOnError: true }).catch((reason: unknown) => reason),
    )
    expect(error.status).toBe(404)
    expect(error.detail).toMatch(/^There is nothing at this address/)
  })

  test('throws the problem document', async () => {
    server.use(
      http.post('*/api/x', () => problem(422, 'Check it.', [{ field: 'name', message: 'Enter a name.' }])),
    )
    const error: unknown = await client
      .post({ url: '/api/x', throwOnError: true })
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ProblemError)
    expect(error).toMatchObject({
      status: 422,
      detail: 'Check it.',
      errors: [{ field: 'name', message: 'Enter a name.' }],
    })
  })

  test('says what to do when no answer comes', async () => {
    server.use(http.get('*/api/x', () => HttpResponse.error()))
    const error: unknown = await client
      .get({ url: '/api/x', throwOnError: true })
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ status: 0, title: 'No connection', mayPass: true })
  })

  test('an answer that is no problem document is still a problem', async () => {
    server.use(http.get('*/api/x', () => new HttpResponse('<html>Bad gateway</html>', { status: 502 })))
    const error: unknown = await client
      .get({ url: '/api/x', throwOnError: true })
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ status: 502, title: 'Something went wrong' })
  })
})

describe('csrfHeader', () => {
  test('is empty for a guest', () => expect(csrfHeader('POST', 'other=1')).toEqual({}))
  test('is not taken from a cookie of a longer name', () =>
    expect(csrfHeader('POST', 'x_banksia_csrf=1')).toEqual({}))
  test('is found among others', () =>
    expect(csrfHeader('DELETE', 'a=1; banksia_csrf=t')).toEqual({ 'X-CSRF-Token': 't' }))
})

test('what is no failed request does not show its inner text', () => {
  expect(problemOf(new TypeError('x is undefined')).detail).toContain('Reload the page')
})

describe('safeReturn', () => {
  test.each([
    ['/certificates/staff?view=mine#a', '/certificates/staff?view=mine#a'],
    ['https://elsewhere.example/', '/'],
    ['//elsewhere.example/', '/'],
    ['/\\elsewhere.example/', '/'],
    ['javascript:alert(1)', '/'],
    [undefined, '/'],
  ])('%s leads to %s', (returnTo, href) => expect(safeReturn(returnTo, '/')).toBe(href))
})

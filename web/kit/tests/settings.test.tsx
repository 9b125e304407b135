import { expect, test } from 'vitest'
import { isSimple, toTyped, toValue } from '../settings/schema-fields'

const DAYS = { title: 'Days', anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] }

test('a number that may be left empty is typed as a number, and empty is nothing', () => {
  expect(isSimple(DAYS)).toBe(true)
  expect(toTyped('download_days', DAYS, null)).toBe('')
  expect(toTyped('download_days', DAYS, 30)).toBe('30')
  expect(toValue(DAYS, '30')).toBe(30)
  expect(toValue(DAYS, '')).toBeNull()
})

test('lists of more than words have a page of their own', () => {
  expect(isSimple({ type: 'array', items: {} })).toBe(false)
  expect(isSimple({ type: 'object' })).toBe(false)
  expect(isSimple({ anyOf: [{ type: 'object' }, { type: 'null' }] })).toBe(false)
  expect(isSimple({ type: 'array', items: { type: 'string' } })).toBe(true)
})

import { describe, expect, test } from 'vitest'
import { formatBytes, formatProgress } from '../format/bytes'
import { dayOf, formatDate, formatDay, formatDayAndTime, formatLongDate, formatTime } from '../format/dates'
import { dueWords } from '../format/due'
import { formatMoney, moneyInput, parseMoney } from '../format/money'
import { formatParcel, formatParcelShort } from '../format/parcel'

// Mon 23 Nov 2026, 10:42 am in Sydney.
const now = new Date('2026-11-22T23:42:00Z')

describe('money', () => {
  test.each([
    [6900, '$69.00'],
    [0, '$0.00'],
    [106_950, '$1,069.50'],
    [-4000, '-$40.00'],
  ])('%i cents is %s', (cents, text) => expect(formatMoney(cents)).toBe(text))

  test.each([
    ['69', 6900],
    ['$1,069.5', 106_950],
    ['0.05', 5],
    ['', null],
    ['12.345', null],
    ['-5', null],
    ['five', null],
  ])('%j is read as %j', (text, cents) => expect(parseMoney(text)).toBe(cents))

  test('a field shows plain dollars', () => expect(moneyInput(6905)).toBe('69.05'))
})

describe('dates', () => {
  test('a day says its year only when it is another', () => {
    expect(formatDay('2026-11-25', now)).toBe('Wed 25 Nov')
    expect(formatDay('2025-11-25', now)).toBe('Tue 25 Nov 2025')
  })

  test('a moment belongs to the day of the council, not of the reader', () => {
    expect(dayOf('2026-11-22T13:30:00Z')).toBe('2026-11-23')
    expect(formatDayAndTime('2026-11-17T23:12:00Z', now)).toBe('Wed 18 Nov, 10:12 am')
  })

  test('other forms', () => {
    expect(formatDate('2026-11-01')).toBe('1 Nov 2026')
    expect(formatLongDate('2018-03-12')).toBe('12 March 2018')
  })

  test.each([
    ['15:00', '3 pm'],
    ['00:05', '12:05 am'],
    ['12:00:00', '12 pm'],
    ['2026-11-22T23:42:00Z', '10:42 am'],
  ])('the time %s is %s', (time, words) => expect(formatTime(time)).toBe(words))
})

describe('dueWords', () => {
  test.each([
    [{ dueOn: '2026-11-18', workingDaysLeft: -3 }, 'late', '3 days late', 'Wed 18 Nov'],
    [{ dueOn: '2026-11-20', workingDaysLeft: -1 }, 'late', '1 day late', 'Fri 20 Nov'],
    [{ dueOn: '2026-11-22', workingDaysLeft: 0 }, 'late', '1 day late', 'Sun 22 Nov'],
    [{ dueOn: '2026-11-23', workingDaysLeft: 0 }, 'today', 'Due today', 'Mon 23 Nov'],
    [{ dueOn: '2026-11-23', workingDaysLeft: 0, dueTime: '15:00' }, 'today', 'Due today, 3 pm', 'Mon 23 Nov'],
    [{ dueOn: '2026-11-24', workingDaysLeft: 1 }, 'ahead', 'Due tomorrow', 'Tue 24 Nov'],
    [{ dueOn: '2026-11-30', workingDaysLeft: 5 }, 'ahead', 'In 5 days', 'Mon 30 Nov'],
    [
      { dueOn: '2026-11-18', workingDaysLeft: -3, stopped: true },
      'stopped',
      'Clock stopped',
      'was Wed 18 Nov',
    ],
  ])('%j', (facts, kind, words, date) => expect(dueWords(facts, now)).toEqual({ kind, words, date }))

  test('the next working day after a weekend is not tomorrow', () => {
    const friday = new Date('2026-11-27T01:00:00Z')
    expect(dueWords({ dueOn: '2026-11-30', workingDaysLeft: 1 }, friday).words).toBe('In 1 day')
  })
})

describe('parcels', () => {
  test.each([
    ['2/2/DP2288', 'Lot 2 Section 2 DP 2288'],
    ['13//DP1242624', 'Lot 13 DP 1242624'],
    ['CP//SP12345', 'Common property SP 12345'],
    ['Enclosure Permit 510145', 'Enclosure Permit 510145'],
  ])('%s is %s', (parcel, words) => expect(formatParcel(parcel)).toBe(words))

  test('lists use the short form', () => expect(formatParcelShort('2/2/DP2288')).toBe('Lot 2 Sec 2 DP 2288'))
})

describe('sizes', () => {
  test.each([
    [1, '1 byte'],
    [999, '999 bytes'],
    [96_000, '96 kB'],
    [999_600, '1.0 MB'],
    [18_400_000, '18.4 MB'],
    [2_100_000_000, '2.1 GB'],
  ])('%i is %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

  test('progress is told in the unit of the whole', () =>
    expect(formatProgress(540_000, 8_400_000)).toBe('0.5 of 8.4 MB'))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, daysBetween, isDay, isTime, momentOf, timeInWords, wallClock } from '../src/clock.js'
import { feeOf, freeTimes, inTheWay, problemsOfTime, refundOf, DEFAULTS } from '../src/rules.js'
import { HALL } from './council.js'

const at = (from, to) => ({ from, to })

test('a booking may begin when another ends, and not a minute earlier', () => {
  assert.equal(inTheWay([at('10:00', '12:00')], at('12:00', '13:00')), null)
  assert.deepEqual(inTheWay([at('10:00', '12:00')], at('11:45', '13:00')), at('10:00', '12:00'))
  assert.deepEqual(inTheWay([at('10:00', '12:00')], at('09:00', '22:00')), at('10:00', '12:00'))
})

test('what is free leaves out what is shorter than the shortest booking', () => {
  assert.deepEqual(freeTimes(HALL, []), [at('08:00', '22:00')])
  assert.deepEqual(freeTimes(HALL, [at('08:30', '12:00'), at('12:00', '21:00')]), [at('21:00', '22:00')])
  assert.deepEqual(freeTimes(HALL, [at('07:00', '23:00')]), [])
})

test('the fee goes by the hour, never above the day, and community groups have their own', () => {
  assert.equal(feeOf(HALL, { ...at('10:00', '11:15'), community: false }), 5625)
  assert.equal(feeOf(HALL, { ...at('08:00', '22:00'), community: false }), 30_000)
  assert.equal(feeOf(HALL, { ...at('08:00', '10:00'), community: true }), 4000)
})

test('a cancellation gives back by the day it is made on', () => {
  const booking = { day: '2026-12-20', paid_cents: 10_001, refunded_cents: 0 }
  assert.equal(refundOf(booking, DEFAULTS, '2026-12-06').cents, 10_001)
  assert.equal(refundOf(booking, DEFAULTS, '2026-12-07').cents, 5001)
  assert.equal(refundOf(booking, DEFAULTS, '2026-12-17').cents, 5001)
  assert.equal(refundOf(booking, DEFAULTS, '2026-12-18').cents, 0)
  assert.equal(refundOf(booking, DEFAULTS, '2026-12-18', { byCouncil: true }).cents, 10_001)
  assert.equal(refundOf({ ...booking, refunded_cents: 10_001 }, DEFAULTS, '2026-12-06').cents, 0)
})

test('a time outside the hours, gone by, too far ahead or too short is refused with a sentence', () => {
  const clock = { today: '2026-12-01', now: '09:00', aheadDays: 30 }
  const problems = (day, from, to) => problemsOfTime(HALL, { day, from, to }, clock).map(({ field }) => field)
  assert.deepEqual(problems('2026-12-05', '10:00', '11:00'), [])
  assert.deepEqual(problems('2026-12-01', '09:00', '10:00'), ['day'])
  assert.deepEqual(problems('2027-01-05', '09:00', '10:00'), ['day'])
  assert.deepEqual(problems('2026-12-05', '10:00', '10:30'), ['to'])
  assert.deepEqual(problems('2026-12-05', '07:00', '09:00'), ['from'])
  assert.deepEqual(problems('2026-12-05', '10:05', '12:00'), ['from'])
  assert.deepEqual(problems('2026-13-05', '10:00', '12:00'), ['day'])
})

test('the clock in the hall keeps summer time', () => {
  const zone = 'Australia/Sydney'
  assert.deepEqual(wallClock(zone, new Date('2026-12-01T00:30:00Z')), { day: '2026-12-01', time: '11:30' })
  assert.equal(momentOf('2026-12-01', '11:30', zone).toISOString(), '2026-12-01T00:30:00.000Z')
  assert.equal(momentOf('2026-07-01', '11:30', zone).toISOString(), '2026-07-01T01:30:00.000Z')
  assert.equal(addDays('2026-12-31', 1), '2027-01-01')
  assert.equal(daysBetween('2026-12-01', '2027-01-01'), 31)
  assert.ok(!isDay('2026-02-30') && isDay('2028-02-29') && isTime('24:00') && !isTime('24:15'))
  assert.deepEqual(['00:00', '12:00', '15:30'].map(timeInWords), ['midnight', 'noon', '3:30 pm'])
})

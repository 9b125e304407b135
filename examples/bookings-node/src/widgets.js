// What of ours stands on other pages: today's halls on the dashboard, a hall's bookings on its property.
import { dayInWords, timeInWords } from './clock.js'
import { invalid } from './problem.js'

const FEW = 5
const STATES = { confirmed: 'Paid', held: 'Awaiting payment' }

/** Counts, each with the list that it counts. */
export function todayWidget({ kept, clock, store }) {
  const ahead = [...kept.bookings.values()].filter((each) => each.day >= clock.today)
  const today = ahead.filter((each) => each.day === clock.today && each.state === 'confirmed')
  const now = store.now().toISOString()
  const owed = ahead.filter((each) => each.state === 'held' && each.hold_until > now)
  const stuck = [...kept.tasks.values()].filter((each) => each.attempts > 3 && each.booking_id)
  return {
    counts: [
      { label: 'Bookings today', count: today.length, to: '/bookings/staff', alert: false },
      { label: 'Awaiting payment', count: owed.length, to: '/bookings/staff?show=held', alert: false },
      ...(stuck.length > 0
        ? [
            {
              label: 'Could not be sent',
              count: stuck.length,
              to: '/bookings/staff?show=waiting',
              alert: true,
            },
          ]
        : []),
    ],
  }
}

/** For the page of a property. Who booked is told only to those who manage bookings. */
export function propertyWidget({ kept, clock, person, url }) {
  const propertyId = url.searchParams.get('property_id')
  if (!propertyId) throw invalid([{ field: 'property_id', message: 'Say which property.' }])
  const halls = [...kept.halls.values()].filter((each) => each.property_id === propertyId && each.is_let)
  if (halls.length === 0) return { summary: 'No hall is let here.', href: null, count: 0, lines: [] }
  const manages = person.permissions.includes('bookings.bookings.manage')
  const here = new Set(halls.map((each) => each.id))
  const ahead = [...kept.bookings.values()]
    .filter((each) => here.has(each.hall_id) && each.day >= clock.today && each.state in STATES)
    .sort((a, b) => `${a.day} ${a.from}`.localeCompare(`${b.day} ${b.from}`))
  const names = halls.map((each) => each.name).join(', ')
  return {
    summary: ahead.length === 0 ? `${names}: nothing is booked.` : names,
    href: manages ? '/bookings/staff' : `/bookings/customer/halls/${halls[0].id}`,
    count: ahead.length,
    lines: ahead.slice(0, FEW).map((each) => ({
      title: manages ? `${each.number} · ${each.purpose}` : 'Booked',
      detail: `${each.hall_name}, ${dayInWords(each.day)}, ${timeInWords(each.from)} to ${timeInWords(each.to)}${manages ? ` · ${each.contact_name}` : ''}`,
      href: manages ? `/bookings/staff/bookings/${each.id}` : null,
      status: STATES[each.state],
    })),
  }
}

// What we write to whoever booked.
import { dayInWords, money, timeInWords } from './clock.js'

/** `{ email, subject, text, link }`. No web address stands in it but the link, which the council adds. */
export function writeNotice(about, booking) {
  const { subject, lines } = NOTICES[about](booking)
  const text = [`Hello ${plain(booking.contact_name)},`, ...lines].join('\n\n')
  const link = booking.customer_id ? `/bookings/customer/bookings/${booking.id}` : undefined
  return { email: booking.contact_email, subject: subject.slice(0, 150), text, link }
}

/** A name in which nobody can advertise a website. */
const plain = (name) => (/[/.:]/.test(name) ? 'and welcome' : name)

const when = (booking) =>
  `${booking.hall_name}, ${dayInWords(booking.day)}, ${timeInWords(booking.from)} to ${timeInWords(booking.to)}`

const NOTICES = {
  confirmed: (booking) => ({
    subject: `${booking.number}: ${booking.hall_name} is yours on ${dayInWords(booking.day)}`,
    lines: [
      `Your booking ${booking.number} is confirmed: ${when(booking)}, at ${booking.address}.`,
      booking.fee_cents > 0 ? `The fee of ${money(booking.fee_cents)} is paid.` : 'There is no fee.',
      'To cancel it, open the booking or call the council. What is refunded depends on how early you cancel.',
    ],
  }),
  cancelled: (booking) => ({
    subject: `${booking.number}: your booking of ${booking.hall_name} is cancelled`,
    lines: [
      `Your booking ${booking.number} is cancelled: ${when(booking)}.`,
      booking.refund_cents > 0
        ? `${money(booking.refund_cents)} goes back to you the way it was paid.`
        : 'Nothing is refunded.',
    ],
  }),
  paid_late: (booking) => ({
    subject: `${booking.number}: the time was gone when you paid`,
    lines: [
      `Your payment for ${booking.number} (${when(booking)}) came after the time was no longer kept, and somebody else has it now.`,
      `The whole ${money(booking.paid_cents)} goes back to you the way it was paid. Choose another time to book again.`,
    ],
  }),
  reminder: (booking) => ({
    subject: `${booking.number}: ${booking.hall_name} on ${dayInWords(booking.day)}`,
    lines: [`This is a reminder of your booking ${booking.number}: ${when(booking)}, at ${booking.address}.`],
  }),
}

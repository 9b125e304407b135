import { z } from 'zod'
import { zPasswordChange, zRegistration } from './api'

/** As the server asks (NIST SP 800-63B: length counts, odd characters do not); it has the last word. */
export const newPassword = z.string().min(12, 'Use 12 characters or more.').max(200)
export const PASSWORD_HINT = 'Use 12 characters or more. A few words in a row are good.'

export const email = z.email('Enter an email address, such as name@example.com.').max(200)
export const registration = zRegistration.extend({
  email,
  name: z.string().trim().min(1, 'Enter your name.').max(200),
  password: newPassword,
})
export const passwordChange = zPasswordChange.extend({
  current_password: z.string().min(1, 'Enter your present password.'),
  password: newPassword,
})

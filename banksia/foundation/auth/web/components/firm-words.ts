import { z } from 'zod'
import type { FirmRead } from '../api'
import { email } from '../schemas'

export type FirmRole = FirmRead['my_role']

export const roleWords: Record<FirmRole, string> = { owner: 'Owner', manager: 'Manager', member: 'Member' }

const roleDetails: Record<FirmRole, string> = {
  owner: 'Changes the firm’s details, and who owns and manages it.',
  manager: 'Invites and removes managers and members.',
  member: 'Orders for the firm and sees all its orders.',
}

/** Roles as one chooses them. */
export const roleChoices = (roles: readonly FirmRole[]) =>
  roles.map((role) => ({ value: role, label: roleWords[role], detail: roleDetails[role] }))

export const roleChoice = z.enum(['owner', 'manager', 'member'])

/** What a firm is asked for. The server checks the digits of the ABN. */
export const firmDetails = z.object({
  name: z.string().trim().min(1, 'Enter the firm’s name.').max(200),
  abn: z.string().trim().max(20, 'An ABN has 11 digits.'),
  billing_email: z.union([z.literal(''), email]),
})

import { linkToken } from './link-token'

const STORED_AS = 'banksia.auth.firm-invitation'

/** The token of the link that was opened, kept in this tab so that it is still there after signing in. */
export function invitationToken(): string | null {
  const opened = linkToken()
  if (opened) sessionStorage.setItem(STORED_AS, opened)
  return opened ?? sessionStorage.getItem(STORED_AS)
}

/** The invitation is answered. */
export function forgetInvitationToken(): void {
  sessionStorage.removeItem(STORED_AS)
}

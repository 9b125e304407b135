import type { QueryClient } from '@tanstack/react-query'
import { notFound, redirect } from '@tanstack/react-router'
import { may, type Page, signInHref } from '@banksia/kit'
import type { BuiltIn } from './modules'
import { isEnabled } from './navigation'
import { loadSession } from './session'

/** The signed-in person may not open this page. */
export class NoAccess extends Error {
  override readonly name = 'NoAccess'
  readonly page: string

  constructor(page: string) {
    super(`You do not have access to ${page}.`)
    this.page = page
  }
}

interface Context {
  queryClient: QueryClient
  /** The address that was asked for, to come back to. */
  href: string
}

/** The back office is for staff: others sign in, or read that it is not theirs. */
export async function guardStaff({ queryClient, href }: Context): Promise<void> {
  const { user } = await loadSession(queryClient)
  if (!user) throw redirect({ href: signInHref(href) })
  if (user.kind !== 'staff') throw new NoAccess('the back office')
}

/** Whether this person may open a page of a module that is on here. */
export async function guardPage(page: Page, module: BuiltIn, { queryClient, href }: Context): Promise<void> {
  const { user, modules } = await loadSession(queryClient)
  if (!isEnabled(module, modules)) throw notFound()
  if (!user && (page.signIn || page.permission)) throw redirect({ href: signInHref(href) })
  if (!may(user, page.permission)) throw new NoAccess(page.title)
}

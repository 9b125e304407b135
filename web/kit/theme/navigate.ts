import { createContext, useContext } from 'react'

export type Navigate = (href: string, options?: { replace?: boolean }) => void

/** Given by the shell; without it links load the page, as in a test of a single component. */
export const NavigateContext = createContext<Navigate | null>(null)

/** Go to an address of the application, such as one made by `page.href(...)`. */
export function useNavigateTo(): Navigate {
  const navigate = useContext(NavigateContext)
  return navigate ?? ((href) => location.assign(href))
}

import { useEffect } from 'react'
import { useOrganisation } from '../session/organisation'

/** The title of the browser's tab: the page, then the council. */
export function useTitle(title: string): void {
  const { name } = useOrganisation()
  useEffect(() => {
    document.title = `${title} - ${name}`
  }, [title, name])
}

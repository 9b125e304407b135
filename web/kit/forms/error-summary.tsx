import { type MouseEvent, useEffect, useRef } from 'react'
import { type FieldErrors, type FieldValues, useFormContext, useFormState } from 'react-hook-form'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Notice } from '../display/notice'
import { useFormScope } from './form'

interface Wrong {
  name: string
  message: string
}

/** Every field error with its path, in the order of the fields on the page. */
export function listErrors(errors: FieldErrors, order: readonly string[]): Wrong[] {
  const found: Wrong[] = []
  const walk = (node: unknown, path: string) => {
    if (typeof node !== 'object' || node === null || path === 'root') return
    const { message, type } = node as { message?: unknown; type?: unknown }
    if (typeof message === 'string' && typeof type === 'string') found.push({ name: path, message })
    else
      for (const [key, child] of Object.entries(node))
        if (key !== 'ref') walk(child, path ? `${path}.${key}` : key)
  }
  walk(errors, '')
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  return found.sort((a, b) => place(a.name) - place(b.name))
}

/** What has to be mended, with links to the fields; it takes the focus each time a submit fails. */
export function ErrorSummary() {
  const { labels } = useFormScope()
  const { control, setFocus } = useFormContext<FieldValues>()
  const { errors, submitCount, isSubmitting } = useFormState({ control })
  const box = useRef<HTMLDivElement>(null)
  const wrong = listErrors(errors, [...labels.keys()])
  const root = errors.root?.server
  const failed = wrong.length > 0 || root !== undefined
  useEffect(() => {
    if (failed && !isSubmitting) box.current?.focus()
  }, [failed, submitCount, isSubmitting])
  if (!failed) return null
  const go = (event: MouseEvent, name: string) => {
    event.preventDefault()
    setFocus(name)
  }
  return (
    <Notice ref={box} tabIndex={-1} role="alert" tone="error" title={titleOf(wrong.length, root?.type)}>
      {root ? <p>{root.message}</p> : null}
      {wrong.length > 0 ? (
        <ul css={{ paddingLeft: '1.25rem', '& li': { padding: '0.125rem 0' } }}>
          {wrong.map(({ name, message }) => (
            <li key={name}>
              <TextLink href={`#${name}`} onClick={(event: MouseEvent) => go(event, name)}>
                {labels.has(name) ? `${labels.get(name) ?? ''}: ${message}` : message}
              </TextLink>
            </li>
          ))}
        </ul>
      ) : null}
    </Notice>
  )
}

function titleOf(count: number, problem: unknown): string {
  if (count === 0) return typeof problem === 'string' ? problem : 'This could not be sent'
  return count === 1 ? 'Check 1 answer' : `Check ${count} answers`
}

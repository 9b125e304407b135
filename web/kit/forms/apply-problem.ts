import type { FieldPath, FieldValues, UseFormSetError } from 'react-hook-form'
import type { ProblemError } from '../api/problem'

/** The form's own field for a path that the server named: exact, without `body.`, or the nearest one around it. */
export function fieldFor(path: string, fields: ReadonlyMap<string, string>): string | undefined {
  let name = path.replace(/^body\./, '').replace(/\[(\d+)\]/g, '.$1')
  for (;;) {
    if (fields.has(name)) return name
    const dot = name.lastIndexOf('.')
    if (dot < 0) return undefined
    name = name.slice(0, dot)
  }
}

/** Put what the server refused on its fields; what belongs to none goes above the form. */
export function applyProblem<Values extends FieldValues>(
  problem: ProblemError,
  fields: ReadonlyMap<string, string>,
  setError: UseFormSetError<Values>,
): void {
  const homeless: string[] = []
  for (const { field, message } of problem.errors) {
    const name = fieldFor(field, fields)
    if (name) setError(name as FieldPath<Values>, { type: 'server', message })
    else homeless.push(message)
  }
  if (problem.errors.length === 0 || homeless.length > 0) {
    const message = homeless.length > 0 ? homeless.join(' ') : problem.detail
    setError('root.server', { type: problem.title, message })
  }
}

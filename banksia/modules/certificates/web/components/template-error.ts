import type { FieldError } from '@banksia/kit'

/** How a control shows the error of its field. */
export function errorOf(errors: readonly FieldError[], name: string): { invalid: boolean; message?: string } {
  const found = errors.find(({ field }) => field === name)
  return found ? { invalid: true, message: found.message } : { invalid: false }
}

/** The errors of a part, by the path below it. */
export function errorsBelow(errors: readonly FieldError[], path: string): FieldError[] {
  return errors
    .filter(({ field }) => field.startsWith(path))
    .map(({ field, message }) => ({ field: field.slice(path.length), message }))
}

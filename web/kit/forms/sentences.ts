import type { core } from 'zod/v4'

/** What a person reads when an answer does not fit. */
export function sentenceFor(issue: core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null || issue.input === ''
        ? 'Enter an answer.'
        : 'Enter this in the form that is asked for.'
    case 'invalid_value':
      return 'Choose one of the answers.'
    case 'invalid_format':
      return sentenceForFormat(issue.format)
    case 'too_small':
      return sentenceForTooSmall(issue.origin, Number(issue.minimum))
    case 'too_big':
      return issue.origin === 'string'
        ? `Use ${issue.maximum} characters or fewer.`
        : `Enter ${issue.maximum} or less.`
    default:
      return undefined
  }
}

function sentenceForFormat(format: string): string {
  if (format === 'email') return 'Enter an email address, such as name@example.com.'
  if (format === 'date') return 'Enter a date, such as 25/11/2026.'
  return 'Enter this in the form that is asked for.'
}

function sentenceForTooSmall(origin: string, minimum: number): string {
  if (origin === 'array') return minimum <= 1 ? 'Choose at least one.' : `Choose at least ${minimum}.`
  if (origin !== 'string') return `Enter ${minimum} or more.`
  return minimum <= 1 ? 'Enter an answer.' : `Use ${minimum} characters or more.`
}

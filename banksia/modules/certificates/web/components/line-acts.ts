import { holdLine, keepIssued, refuseLine, replaceCertificate, sendBack } from '../api'
import type { Act } from './act-dialog'

/** Whoever checks the old certificate reads the class of the reason, and never its words. */
const WHY_REPLACED = [
  { value: 'mistake', label: 'It held a mistake' },
  { value: 'facts_changed', label: 'What council knows of the land has changed' },
  { value: 'asked', label: 'The customer asked for another' },
  { value: 'other', label: 'Another reason' },
] as const

type Name = 'back' | 'hold' | 'refuse' | 'replace' | 'keepIssued'

/** What an officer does with a line and says why. */
export function actsOf(lineId: string): Record<Name, Act> {
  const path = { line_id: lineId }
  return {
    back: {
      title: 'Send back',
      label: 'What is to be changed? Whoever prepared it reads this.',
      button: 'Send back',
      send: (reason) => sendBack({ path, body: { reason }, throwOnError: true }),
    },
    hold: {
      title: 'Put on hold',
      label: 'What does council need from the customer? The clock stops until it is answered.',
      button: 'Put on hold',
      send: (question) => holdLine({ path, body: { question }, throwOnError: true }),
    },
    refuse: {
      title: 'Cannot issue',
      label: 'Why can this certificate not be issued? The customer reads it.',
      button: 'Tell the customer',
      send: (reason) => refuseLine({ path, body: { reason }, throwOnError: true }),
    },
    replace: {
      title: 'Replace this certificate',
      label: 'Why is it replaced? The reason is kept with both.',
      button: 'Start the replacement',
      choices: WHY_REPLACED,
      send: (reason, because) =>
        replaceCertificate({
          path,
          body: { reason, because: WHY_REPLACED.find(({ value }) => value === because)?.value ?? 'other' },
          throwOnError: true,
        }),
    },
    keepIssued: {
      title: 'Keep the issued certificate',
      label:
        'Why is it not replaced after all? The reason is kept in its history, and what was answered for the replacement is dropped. The customer is not mailed.',
      button: 'Keep the issued one',
      send: (reason) => keepIssued({ path, body: { reason }, throwOnError: true }),
    },
  }
}

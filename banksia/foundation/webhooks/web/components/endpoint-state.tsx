import { Status } from '@banksia/kit'
import type { EndpointRead } from '../api'

/** Whether it is told, and whether it hears. */
export function EndpointStatus({ endpoint }: { endpoint: EndpointRead }) {
  if (endpoint.state === 'disabled') return <Status word="Switched off" />
  if (endpoint.state === 'paused') return <Status word="Paused" />
  return <Status word={endpoint.failing_since ? 'Failing' : 'On'} />
}

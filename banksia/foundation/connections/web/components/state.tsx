import { Status, type StatusWord } from '@banksia/kit'
import type { ConnectedModuleRead } from '../api'

type Facts = Pick<ConnectedModuleRead, 'state' | 'health' | 'waits_for_approval'>

/** The one word for how a module is: what an administrator must do something about comes first. */
export function wordOf({ state, health, waits_for_approval }: Facts): StatusWord {
  if (state === 'registered') return 'To approve'
  if (state === 'enabled') return health === 'failing' ? 'Failing' : waits_for_approval ? 'To approve' : 'On'
  return waits_for_approval ? 'To approve' : 'Off'
}

export function ModuleStatus({ module, outlined }: { module: Facts; outlined?: boolean }) {
  return <Status word={wordOf(module)} outlined={outlined} />
}

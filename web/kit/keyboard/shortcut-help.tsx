import { useState } from 'react'
import { Dialog } from '../feedback/dialog'
import { Facts } from '../display/facts'
import { Key } from './key'
import { useShortcutList, useShortcuts } from './shortcuts'

/** The list of keys, opened by `?` anywhere in the back office. */
export function ShortcutHelp() {
  const [open, setOpen] = useState(false)
  const shortcuts = useShortcutList()
  useShortcuts([{ key: '?', label: 'Show these keys', run: () => setOpen(true) }])
  return (
    <Dialog open={open} onClose={() => setOpen(false)} title="Keyboard shortcuts">
      <Facts
        labels="14rem"
        of={shortcuts.map(({ key, label }) => [label, <Key key={key}>{key}</Key>] as const)}
      />
    </Dialog>
  )
}

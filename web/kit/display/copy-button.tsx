import { useEffect, useState } from 'react'
import { CopyIcon } from '@ag.ds-next/react/icon'
import { Button } from '@ag.ds-next/react/button'

/** Copies a text, and says so for two seconds. */
export function CopyButton({ text, children = 'Copy' }: { text: string; children?: string }) {
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready')
  useEffect(() => {
    if (state === 'ready') return
    const timer = setTimeout(() => setState('ready'), 2000)
    return () => clearTimeout(timer)
  }, [state])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      setState('failed')
    }
  }
  return (
    <span role="status">
      <Button size="sm" variant="tertiary" iconBefore={CopyIcon} onClick={() => void copy()}>
        {{ ready: children, copied: 'Copied', failed: 'Select and copy it by hand' }[state]}
      </Button>
    </span>
  )
}

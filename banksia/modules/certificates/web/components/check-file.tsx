import { useState } from 'react'
import { DropArea, formatBytes, Notice, Panel, sha256Of } from '@banksia/kit'

/** A certificate is far smaller; what is larger is another file, and would only keep the browser busy. */
const LARGEST = 50_000_000

interface CheckFileProps {
  /** Told the SHA-256 of the chosen file. */
  onHash: (sha256: string) => void
}

/** Where a certificate's file is dropped or chosen; it is counted here and sent nowhere. */
export function CheckFile({ onHash }: CheckFileProps) {
  const [said, setSaid] = useState<{ text: string; problem?: boolean }>()
  const check = async (file: File) => {
    if (file.size > LARGEST) {
      setSaid({
        text: `${file.name} has ${formatBytes(file.size)}. A certificate has less than 50 MB: choose another file.`,
        problem: true,
      })
      return
    }
    setSaid({ text: `Checking ${file.name}` })
    try {
      onHash(await sha256Of(file))
      setSaid({ text: `${file.name} is checked. It stayed on this device.` })
    } catch {
      setSaid({ text: `${file.name} could not be read. Choose it again.`, problem: true })
    }
  }
  return (
    <Panel title="With the file">
      <div css={{ display: 'grid', gap: '0.75rem' }}>
        <DropArea single accept=".pdf,application/pdf" onFiles={([file]) => void (file && check(file))}>
          The PDF as you received it. It stays on this device: only its fingerprint (SHA-256) is sent.
        </DropArea>
        {said?.problem ? (
          <Notice tone="error" role="alert" title={said.text} />
        ) : (
          <p role="status">{said?.text}</p>
        )}
      </div>
    </Panel>
  )
}

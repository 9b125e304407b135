import { useState } from 'react'
import { ProblemError } from '@banksia/kit'
import { orderHeaders } from './order-token'

/** A guest's key travels in a header, so the file is fetched and then handed to the browser. */
export function useDownload(orderId: string, path: string, name: string) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const download = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      const response = await fetch(path, { headers: orderHeaders(orderId) as Record<string, string> })
      if (!response.ok) throw new ProblemError((await response.json()) as never, response.status)
      save(await response.blob(), name)
    } catch (error) {
      setFailure(error)
    }
    setBusy(false)
  }
  return { busy, failure, download }
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, 60_000)
}

import { useRef, useState } from 'react'
import { checkRows, readTable, type BulkRow } from '../api'
import { asRow, base64Of, keepBulkTable, readBulkTable, type BulkTable } from './bulk-rows'

/** Another choice of the rows that are left out, made from the one before. */
export type Leave = (leftOut: readonly number[]) => number[]

interface Asked {
  leftOut: number[]
  corrections: BulkRow[]
}

const NOTHING_ACTIVE = { rows: [], ready_count: 0, order_count: 0, total_cents: 0 }

/** The table with rows left out and rows corrected, as the council's server reads it now. */
async function checked(table: BulkTable, { leftOut, corrections }: Asked): Promise<BulkTable> {
  const rows = table.read.rows.map(
    (read) => corrections.findLast(({ row }) => row === read.row) ?? asRow(read),
  )
  const active = rows.filter(({ row }) => !leftOut.includes(row))
  const left = table.read.rows.filter(({ row }) => leftOut.includes(row))
  const read =
    active.length > 0
      ? (await checkRows({ body: { rows: active }, throwOnError: true })).data
      : NOTHING_ACTIVE
  const all = [...read.rows, ...left].sort((one, other) => one.row - other.row)
  return { ...table, leftOut, read: { ...read, rows: all } }
}

/**
 * Has the rows read, and read again. What is asked while an answer is under way adds to what was asked before; only the
 * answer to all of it counts, and until it comes the table stays as it was.
 */
export function useBulkChecks() {
  const [busy, setBusy] = useState<'file' | 'rows'>()
  const [failure, setFailure] = useState<unknown>()
  const turn = useRef(0)
  const asked = useRef<Asked>(null)

  const attempt = async (what: 'file' | 'rows', work: () => Promise<BulkTable | null>) => {
    const mine = (turn.current += 1)
    setBusy(what)
    setFailure(undefined)
    const settle = (end: () => void) => {
      if (mine !== turn.current) return
      asked.current = null
      end()
      setBusy(undefined)
    }
    await work().then(
      (table) => settle(() => keepBulkTable(table)),
      (error: unknown) => settle(() => setFailure(error)),
    )
  }
  const upload = (file: File) =>
    attempt('file', async () => {
      const { data } = await readTable({ body: { content: await base64Of(file) }, throwOnError: true })
      return { fileName: file.name, read: data, leftOut: [] }
    })
  const recheck = async (leave: Leave, correction?: BulkRow) => {
    const table = readBulkTable()
    if (!table) return
    const before = asked.current ?? { leftOut: table.leftOut, corrections: [] }
    const corrections = correction ? [...before.corrections, correction] : before.corrections
    const next = { leftOut: leave(before.leftOut), corrections }
    asked.current = next
    await attempt('rows', async () => {
      const read = await checked(table, next)
      // It may have been ordered meanwhile.
      return readBulkTable() ? read : null
    })
  }
  return { busy, failure, upload, recheck }
}

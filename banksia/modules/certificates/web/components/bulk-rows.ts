import { useState } from 'react'
import type { BulkRead, BulkRow, BulkRowRead } from '../api'

/** What a customer has uploaded and not ordered yet; kept in the tab, so that a reload loses nothing. */
export interface BulkTable {
  fileName: string
  read: BulkRead
  /** Rows that shall not be ordered, by their number. */
  leftOut: number[]
}

const STORED_AS = 'banksia.certificates.bulk'

function load(): BulkTable | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORED_AS) ?? 'null') as BulkTable | null
    return Array.isArray(kept?.read.rows) ? kept : null
  } catch {
    return null
  }
}

export function useBulkTable(): [BulkTable | null, (table: BulkTable | null) => void] {
  const [table, setTable] = useState(load)
  return [
    table,
    (next) => {
      setTable(next)
      try {
        if (next) sessionStorage.setItem(STORED_AS, JSON.stringify(next))
        else sessionStorage.removeItem(STORED_AS)
      } catch {
        // A browser that keeps nothing: the table lives as long as the page.
      }
    },
  ]
}

const LAND = { lot: '', section: '', plan: '', parcel: '', address: '', assessment: '' } as const

/** A row as it is sent to be looked at again. */
export function asRow(read: BulkRowRead): BulkRow {
  const { row, lot, section, plan, parcel, address, assessment, product, urgent, matter } = read
  return {
    ...{ row, lot, section, plan, parcel, address, assessment, product, urgent, matter },
    has_surplus: read.has_surplus,
    property_id: read.property_id,
    found_parcel: read.found_parcel,
  }
}

/** A row with its land settled on one lot. */
export const withLot = (row: BulkRowRead, propertyId: string, parcel: string): BulkRow => ({
  ...asRow(row),
  has_surplus: false,
  property_id: propertyId,
  found_parcel: parcel,
})

/** A row whose land is to be searched for by another lot. */
export const withParcel = (row: BulkRowRead, parcel: string): BulkRow => ({
  ...asRow(row),
  ...LAND,
  has_surplus: false,
  parcel,
  property_id: null,
  found_parcel: null,
})

/** The land of a row as it was written. */
export function writtenLand({ lot, section, plan, parcel, address, assessment }: BulkRowRead): string {
  const lotAndPlan = lot && plan ? `${lot}/${section}/${plan}` : ''
  return parcel || lotAndPlan || (assessment && `assessment ${assessment}`) || address || 'no land'
}

/** The bytes of a file in Base64, as the server takes them. */
export async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

import { useSyncExternalStore } from 'react'
import type { BulkRead, BulkRow, BulkRowRead } from '../api'
import { keepInTab, readKept, subscribeKept } from './kept-in-tab'

/** What a customer has uploaded and not ordered yet; kept in the tab, so that a reload loses nothing. */
export interface BulkTable {
  fileName: string
  read: BulkRead
  /** Rows that shall not be ordered, by their number. */
  leftOut: number[]
}

const STORED_AS = 'banksia.certificates.bulk'

/** A table, if it is one. */
function asTable(stored: unknown): BulkTable | null {
  const table = stored as BulkTable | null
  return Array.isArray(table?.read.rows) ? table : null
}

/** The table as it is now. */
export const readBulkTable = () => readKept(STORED_AS, asTable)

export function keepBulkTable(table: BulkTable | null): void {
  keepInTab(STORED_AS, table)
}

export function useBulkTable(): BulkTable | null {
  return useSyncExternalStore(subscribeKept, readBulkTable)
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

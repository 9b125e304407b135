import type { DocumentDetail, FileRead, FolderSummary, PlacedDocument } from '../api'

export const PROPERTY = '01990000-0000-7000-8000-0000000000a1'

export function folder(id: string, changes: Partial<FolderSummary> = {}): FolderSummary {
  return {
    id,
    key: null,
    name: id,
    kind: 'fixed',
    property_id: null,
    parent_id: null,
    application_number: null,
    position: 1,
    is_restricted: false,
    retention_class_id: null,
    archived_at: null,
    archived_by_name: null,
    demolished_on: null,
    document_count: 0,
    kept: 'keep 10 years or until demolished',
    from_parcel: null,
    on_hold: false,
    ...changes,
  }
}

export function document(id: string, changes: Partial<PlacedDocument> = {}): PlacedDocument {
  return {
    id,
    property_id: PROPERTY,
    folder_id: 'Plans',
    shown_in: 'Plans',
    title: id,
    description: '',
    parcel: null,
    property_label: '9 Portland Road',
    dated_on: null,
    created_at: '2018-08-14T05:20:00Z',
    changed_at: '2018-08-14T05:20:00Z',
    pinned_at: null,
    pinned_by_name: null,
    state: 'present',
    from_parcel: null,
    until_on: null,
    is_linked: false,
    removed_at: null,
    latest: {
      number: 1,
      file_name: `${id}.pdf`,
      sha256: 'a'.repeat(64),
      size: 412_000,
      content_type: 'application/pdf',
      virus_scan: 'not_scanned',
      virus_name: '',
      scanned_at: null,
      text_state: 'done',
      text_note: '',
      picture_state: 'none',
      page_count: 1,
      has_preview: false,
      added_by_name: 'Tom Okafor',
      created_at: '2018-08-14T05:20:00Z',
    },
    ...changes,
  }
}

export function detail(id: string, changes: Partial<DocumentDetail> = {}): DocumentDetail {
  const read = document(id)
  return {
    ...read,
    folder_name: 'Plans',
    versions: [read.latest],
    links: [],
    last_verified_at: null,
    bytes_state: 'not_checked',
    kept_because: null,
    kept_until_on: '2028-08-14',
    removal_id: null,
    removal_is_mine: false,
    ...changes,
  }
}

export function file(changes: Partial<FileRead> = {}): FileRead {
  return {
    property_id: PROPERTY,
    address: '9 PORTLAND ROAD PORTLAND NSW 2847',
    parcels: [{ text: '13//DP1242624', title: 'Lot 13 DP 1242624', status: 'current' }],
    assessment: '104882',
    document_count: 42,
    inherited_count: 12,
    lineage: [
      { property_id: 'old', parcel: 'B//DP397521', title: 'Lot B DP 397521', until_on: '2018-03-12' },
    ],
    folders: [
      folder('Plans', { document_count: 2 }),
      folder('Notices', { is_restricted: true, position: 2 }),
      folder('da-9', { kind: 'application', name: 'DA 2008/9', application_number: '2008/9' }),
      folder('da-117', { kind: 'application', name: 'DA 2008/117', application_number: '2008/117' }),
      folder('da-41', { kind: 'application', name: 'DA 2017/41', application_number: '2017/41' }),
      folder('da-41-plans', { kind: 'application', name: 'Plans', parent_id: 'da-41', document_count: 7 }),
    ],
    holds: ['Land and Environment Court 2026/1'],
    pinned: [],
    recent: [],
    ...changes,
  }
}

import { queryOptions } from '@tanstack/react-query'
import type { NavCount, NavItem } from '@banksia/kit'
import { countOpenRemovals } from './api'
import {
  batchesPage,
  disposalsPage,
  foldersPage,
  periodsPage,
  removalsPage,
  reportsPage,
  retentionPage,
} from './settings-routes'

/** Removals that somebody asked for and nobody has decided. */
const askedFor = () =>
  queryOptions({
    queryKey: ['files', 'nav-count', 'removals'] as readonly unknown[],
    queryFn: async ({ signal }): Promise<NavCount> => {
      const { data } = await countOpenRemovals({ signal, throwOnError: true })
      return { value: data.asked }
    },
    refetchInterval: 60_000,
  })

/** What an administrator decides about property files. */
export const settingsNav: NavItem[] = [
  {
    label: 'Folders of property files',
    to: foldersPage.href(),
    area: 'settings',
    order: 55,
    permission: 'files.structure.manage',
    description: 'The folders that every file has: their order, who may open them, how long they are kept.',
  },
  {
    label: 'Retention and holds',
    to: retentionPage.href(),
    area: 'settings',
    order: 56,
    permission: 'files.retention.manage',
    description: 'How long documents are kept, by which authority, and what nothing may be taken from.',
  },
  {
    label: 'Removals of documents',
    to: removalsPage.href(),
    area: 'settings',
    order: 57,
    permission: 'files.removals.decide',
    description: 'Requests to remove a document, and documents in isolation that can be restored.',
    count: askedFor,
  },
  {
    label: 'Disposal lists',
    to: disposalsPage.href(),
    area: 'settings',
    order: 58,
    permission: 'files.retention.manage',
    description: 'Documents whose period is over: listed by one person, approved by another, destroyed.',
  },
  {
    label: 'Sizes and periods of property files',
    to: periodsPage.href(),
    area: 'settings',
    order: 59,
    permission: 'files.structure.manage',
    description: 'What is attached to a mail, how long links work, how long removed documents stay.',
  },
  {
    label: 'Load scanned shelves',
    to: batchesPage.href(),
    area: 'settings',
    order: 60,
    permission: 'files.batches.load',
    description: 'A folder of scans with a manifest: judged line by line, loaded, and taken back as a whole.',
  },
  {
    label: 'What is kept',
    to: reportsPage.href(),
    area: 'settings',
    order: 61,
    permission: 'files.reports.read',
    description: 'How much lies in which folder, and whether stored files are still what they were.',
  },
]

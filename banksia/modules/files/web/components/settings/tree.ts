import type { FolderRead } from '../../api'

export interface TreeRow {
  folder: FolderRead
  depth: number
  /** Those beside it, in their order; it is one of them. */
  beside: readonly FolderRead[]
  parent: FolderRead | undefined
}

/** The folders as a tree reads from top to bottom, each before what lies in it. */
export function rowsOfTree(folders: readonly FolderRead[], parent?: FolderRead, depth = 0): TreeRow[] {
  const beside = folders.filter(({ parent_id }) => parent_id === (parent?.id ?? null))
  return beside.flatMap((folder) => [
    { folder, depth, beside, parent },
    ...rowsOfTree(folders, folder, depth + 1),
  ])
}

/** Which folders get which position so that one moves up (-1) or down (1) among those beside it. */
export function moved(
  { folder, beside }: Pick<TreeRow, 'folder' | 'beside'>,
  by: -1 | 1,
): { id: string; position: number }[] {
  const order = beside.filter(({ id }) => id !== folder.id)
  order.splice(Math.max(beside.indexOf(folder) + by, 0), 0, folder)
  return order
    .map(({ id, position }, index) => ({ id, position: index + 1, was: position }))
    .filter(({ position, was }) => position !== was)
    .map(({ id, position }) => ({ id, position }))
}

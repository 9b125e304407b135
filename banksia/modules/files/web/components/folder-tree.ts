import type { FolderSummary } from '../api'

export interface FolderNode {
  folder: FolderSummary
  children: FolderNode[]
  /** Documents in it and in all below. */
  total: number
}

export interface FolderGroups {
  /** Those of every file and the property's own, in their order. */
  plain: FolderNode[]
  /** Development applications, the newest number first. */
  applications: FolderNode[]
}

/** The folders of a file as two trees. */
export function groupsOf(folders: readonly FolderSummary[]): FolderGroups {
  const known = new Set(folders.map(({ id }) => id))
  const below = (parent: string | null): FolderNode[] =>
    folders
      .filter(({ parent_id }) => (parent_id && known.has(parent_id) ? parent_id : null) === parent)
      .sort((one, other) => one.position - other.position || one.name.localeCompare(other.name))
      .map((folder) => {
        const children = below(folder.id)
        const total = children.reduce((sum, child) => sum + child.total, folder.document_count)
        return { folder, children, total }
      })
  const top = below(null)
  return {
    plain: top.filter(({ folder }) => folder.kind !== 'application'),
    applications: top.filter(({ folder }) => folder.kind === 'application').sort(newestFirst),
  }
}

/** All folders of a tree with how deep each lies, as a list shows them. */
export function flatten(nodes: readonly FolderNode[], depth = 0): { node: FolderNode; depth: number }[] {
  return nodes.flatMap((node) => [{ node, depth }, ...flatten(node.children, depth + 1)])
}

/** The folders that something can be put into, in the order of the tree. */
export function openFolders(folders: readonly FolderSummary[]): FolderSummary[] {
  const { plain, applications } = groupsOf(folders)
  return flatten([...plain, ...applications])
    .map(({ node }) => node.folder)
    .filter((folder) => takesDocuments(folder, folders))
}

/** Whether something may be put into it: not when it, or what it lies in, is archived, nor when another lot had it. */
export function takesDocuments(
  { id, from_parcel }: FolderSummary,
  folders: readonly FolderSummary[],
): boolean {
  const path = pathOf(id, folders)
  return !from_parcel && !folders.some((each) => each.archived_at && path.has(each.id))
}

/** The ids of a folder and of all above it. */
export function pathOf(id: string | undefined, folders: readonly FolderSummary[]): Set<string> {
  const path = new Set<string>()
  let current = folders.find((folder) => folder.id === id)
  while (current && !path.has(current.id)) {
    path.add(current.id)
    const parent = current.parent_id
    current = folders.find((folder) => folder.id === parent)
  }
  return path
}

function newestFirst(one: FolderNode, other: FolderNode): number {
  const [year = 0, number = 0] = partsOf(one)
  const [otherYear = 0, otherNumber = 0] = partsOf(other)
  return otherYear - year || otherNumber - number
}

const partsOf = ({ folder }: FolderNode) => (folder.application_number ?? '').split('/').map(Number)

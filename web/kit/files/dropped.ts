/** A file with the folders that it came in: `plans/1987/a.pdf` has `['plans', '1987']`. */
export interface DroppedFile {
  file: File
  folders: readonly string[]
}

/** All files of a drop, those in folders too, in the order of their names. */
export async function filesDropped(transfer: DataTransfer): Promise<DroppedFile[]> {
  // The list of items is gone once the event is over: everything is taken from it before the first wait.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  if (entries.length === 0) return [...transfer.files].map((file) => ({ file, folders: [] }))
  return (await Promise.all(entries.map((entry) => filesUnder(entry, [])))).flat()
}

/** Files chosen by hand; those of a chosen folder say where they lay. */
export function filesChosen(list: FileList): DroppedFile[] {
  return [...list].map((file) => ({ file, folders: file.webkitRelativePath.split('/').slice(0, -1) }))
}

async function filesUnder(entry: FileSystemEntry, folders: readonly string[]): Promise<DroppedFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => {
      entry.file(resolve, reject)
    })
    // What a desktop puts beside the files it shows is nobody's document.
    return ['.DS_Store', 'Thumbs.db', 'desktop.ini'].includes(file.name) ? [] : [{ file, folders }]
  }
  if (!isFolder(entry)) return []
  const inside = [...folders, entry.name]
  const found = await Promise.all((await entriesOf(entry)).map((each) => filesUnder(each, inside)))
  return found.flat()
}

/** A folder is read some entries at a time, until there are none. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject)
    })
    if (some.length === 0) return all.sort((one, other) => one.name.localeCompare(other.name))
    all.push(...some)
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

import { loadedLate } from '@banksia/kit'

// A form is the heaviest part of the page.
export const ApplicationDialog = loadedLate(async () => ({
  default: (await import('./folder-dialogs')).ApplicationDialog,
}))
export const DemolitionDialog = loadedLate(async () => ({
  default: (await import('./folder-dialogs')).DemolitionDialog,
}))
export const NewFolderDialog = loadedLate(async () => ({
  default: (await import('./folder-dialogs')).NewFolderDialog,
}))
export const RenameDialog = loadedLate(async () => ({
  default: (await import('./folder-dialogs')).RenameDialog,
}))
export const RetentionDialog = loadedLate(async () => ({
  default: (await import('./retention-dialog')).RetentionDialog,
}))
export const RemindDialog = loadedLate(async () => ({
  default: (await import('./remind-dialog')).RemindDialog,
}))
export const SendDialog = loadedLate(async () => ({ default: (await import('./send-dialog')).SendDialog }))
export const MoveDialog = loadedLate(async () => ({ default: (await import('./move-dialog')).MoveDialog }))
export const HoldDialog = loadedLate(async () => ({ default: (await import('./hold-dialog')).HoldDialog }))
export const FileAsAtDialog = loadedLate(async () => ({ default: (await import('./as-at')).FileAsAtDialog }))
export const BagDialog = loadedLate(async () => ({ default: (await import('./bag-dialog')).BagDialog }))

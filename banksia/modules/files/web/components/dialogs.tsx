import {
  type Attributes,
  type ComponentType,
  createElement,
  type FunctionComponent,
  lazy,
  Suspense,
} from 'react'

/** A dialog is loaded when it is first asked for: its form is the heaviest part of the page. */
function late<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  const Late = lazy(load) as unknown as FunctionComponent<Props>
  return function LateDialog(props: Props) {
    return <Suspense fallback={null}>{createElement(Late, props as Attributes & Props)}</Suspense>
  }
}

export const ApplicationDialog = late(async () => ({
  default: (await import('./folder-dialogs')).ApplicationDialog,
}))
export const DemolitionDialog = late(async () => ({
  default: (await import('./folder-dialogs')).DemolitionDialog,
}))
export const NewFolderDialog = late(async () => ({
  default: (await import('./folder-dialogs')).NewFolderDialog,
}))
export const RenameDialog = late(async () => ({ default: (await import('./folder-dialogs')).RenameDialog }))
export const RetentionDialog = late(async () => ({
  default: (await import('./retention-dialog')).RetentionDialog,
}))
export const RemindDialog = late(async () => ({ default: (await import('./remind-dialog')).RemindDialog }))
export const SendDialog = late(async () => ({ default: (await import('./send-dialog')).SendDialog }))
export const MoveDialog = late(async () => ({ default: (await import('./move-dialog')).MoveDialog }))
export const HoldDialog = late(async () => ({ default: (await import('./hold-dialog')).HoldDialog }))

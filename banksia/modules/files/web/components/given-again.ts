import type { DroppedFile, Remaining } from '@banksia/kit'

/** A file that was given again, and what it was remembered as. */
export interface GivenAgain {
  file: File
  as: Remaining
}

/**
 * Which of the files that are given are which of those that remain: by name, size and folder; of a file that says no
 * folder, or only the end of its way, name and size are enough.
 */
export function matched(
  left: readonly Remaining[],
  dropped: readonly DroppedFile[],
): { given: GivenAgain[]; unknown: DroppedFile[] } {
  const open = new Map<string, Remaining[]>()
  for (const each of left) {
    const alike = open.get(keyOf(each))
    if (alike) alike.push(each)
    else open.set(keyOf(each), [each])
  }
  const given: GivenAgain[] = []
  const take = (fits: (file: DroppedFile, remaining: Remaining) => boolean) => (each: DroppedFile) => {
    const alike = open.get(keyOf(each.file)) ?? []
    const place = alike.findIndex((remaining) => fits(each, remaining))
    const [as] = place < 0 ? [] : alike.splice(place, 1)
    if (as) given.push({ file: each.file, as })
    return !as
  }
  // Those that lay in the same folder choose first: two folders may have a `scan.pdf` of one size.
  const unknown = dropped
    .filter(take(({ folders }, { below }) => pathOf(folders) === pathOf(below)))
    .filter(
      take(
        ({ folders }, { below }) =>
          `/${pathOf(below)}`.endsWith(`/${pathOf(folders)}`) || folders.length === 0,
      ),
    )
  return { given, unknown }
}

const keyOf = ({ name, size }: { name: string; size: number }) => `${String(size)} ${name}`
const pathOf = (folders: readonly string[]) => folders.join('/')

import { may, type ModuleEntry, type NavGroup, type NavItem, type User } from '@banksia/kit'
import type { BuiltIn } from './modules'

type Area = NonNullable<NavItem['area']>

/** Whether a module's pages are there for this person: a part of the foundation, or enabled for the council. */
export function isEnabled(module: BuiltIn, entries: readonly ModuleEntry[]): boolean {
  return module.alwaysOn || entries.some(({ name }) => name === module.name)
}

/** What a third-party module declares in its manifest, in the form of a built-in's entry. */
function declared(entry: ModuleEntry): NavItem[] {
  return (entry.navigation ?? []).map(({ label, to, area, permission, group }) => ({
    label,
    to,
    area,
    permission: permission ?? undefined,
    group: isGroup(group) ? group : 'work',
  }))
}

function isGroup(group: string | undefined): group is NavGroup {
  return group === 'work' || group === 'money' || group === 'admin'
}

/** The entries of one area that a person may use, in order: built-in and third-party ones alike. */
export function navOf(
  area: Area,
  builtIn: readonly BuiltIn[],
  entries: readonly ModuleEntry[],
  user: User | null,
): NavItem[] {
  const own = builtIn.filter((module) => isEnabled(module, entries)).flatMap((module) => module.nav ?? [])
  const known = new Set(builtIn.filter(({ nav }) => nav).map(({ name }) => name))
  const others = entries.filter(({ name }) => !known.has(name)).flatMap(declared)
  return [...own, ...others]
    .filter((item) => (item.area ?? 'staff') === area)
    .filter((item) => may(user, item.permission) && (!item.kind || item.kind === user?.kind))
    .sort((a, b) => (a.order ?? 100) - (b.order ?? 100) || a.label.localeCompare(b.label))
}

const GROUPS: readonly NavGroup[] = ['work', 'money', 'admin']

/** The staff entries in their groups; groups without an entry are left out. */
export function navGroups<Item extends Pick<NavItem, 'group'>>(items: readonly Item[]): Item[][] {
  return GROUPS.map((group) => items.filter((item) => (item.group ?? 'work') === group)).filter(
    ({ length }) => length > 0,
  )
}

import { TextLink } from '@ag.ds-next/react/text-link'
import { type ModuleEntry, Panel } from '@banksia/kit'

/** The page of a module that shows its settings in its own way: its navigation has one at `/NAME/settings`. */
export function ownSettingsHref(module: ModuleEntry | undefined): string | undefined {
  return module?.navigation?.find(({ to }) => to === `/${module.name}/settings`)?.to
}

/** The way there, for who comes by an old link. */
export function OwnSettings({ title, href }: { title: string; href: string }) {
  return (
    <Panel title="Settings">
      <TextLink href={href}>{`Settings of ${title}`}</TextLink>
    </Panel>
  )
}

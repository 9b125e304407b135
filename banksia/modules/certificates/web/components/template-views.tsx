import { TextLink } from '@ag.ds-next/react/text-link'
import { formatDay, Views } from '@banksia/kit'
import type { TemplateVersionRead } from '../api'
import { templateComparePage, templatePage, templatesPage, templateVersionsPage } from '../staff-routes'

interface TemplateViewsProps {
  code: string
  active: 'editor' | 'versions' | 'compare'
}

/** The pages of one template. */
export function TemplateViews({ code, active }: TemplateViewsProps) {
  const params = { code }
  const hrefs = {
    editor: templatePage.href({ params }),
    versions: templateVersionsPage.href({ params }),
    compare: templateComparePage.href({ params }),
  }
  return (
    <Views
      label="Template"
      active={hrefs[active]}
      views={[
        { label: 'Text and questions', href: hrefs.editor },
        { label: 'Versions', href: hrefs.versions },
        { label: 'Compare', href: hrefs.compare },
      ]}
    />
  )
}

/** The way back to all templates. */
export function TemplateWhere() {
  return (
    <>
      <TextLink href="/settings">Settings</TextLink> /{' '}
      <TextLink href={templatesPage.href()}>Certificate templates</TextLink>
    </>
  )
}

export function versionWords(number: number): string {
  return number === 0 ? 'Banksia’s own' : `Version ${String(number)}`
}

/** `Version 3 is in force since Tue 3 Nov, published by Ana Silva.` */
export function inForceWords({ number, published_at, published_by_name }: TemplateVersionRead): string {
  if (published_at === null) return 'Banksia’s own text is in force.'
  return `${versionWords(number)} is in force since ${formatDay(published_at)}, published by ${published_by_name ?? 'someone'}.`
}

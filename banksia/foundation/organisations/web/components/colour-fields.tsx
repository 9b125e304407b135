import { TextField } from '@banksia/kit'
import { useWatch } from 'react-hook-form'

const COLOURS = [
  { key: 'header', label: 'Header and footer' },
  { key: 'header_text', label: 'Text in the header' },
  { key: 'accent', label: 'Accent', hint: 'The line under the header. It never carries text.' },
  { key: 'action', label: 'Links and buttons' },
  { key: 'text', label: 'Text' },
  { key: 'body', label: 'Page' },
  { key: 'shade', label: 'Shaded areas' },
  { key: 'border', label: 'Borders of fields' },
  { key: 'focus', label: 'Focus outline' },
  { key: 'header_focus', label: 'Focus outline in the header' },
] as const

/** One field per colour, each beside what it looks like. */
export function ColourFields() {
  const theme = useWatch({ name: 'theme' }) as Record<string, string>
  return (
    <div
      css={{
        display: 'grid',
        gap: '1rem 1.5rem',
        gridTemplateColumns: 'repeat(auto-fill, minmax(15rem, 1fr))',
      }}
    >
      {COLOURS.map(({ key, label, ...rest }) => (
        <div key={key} css={{ display: 'flex', alignItems: 'end', gap: '0.75rem' }}>
          <div css={{ flex: 1 }}>
            <TextField
              name={`theme.${key}`}
              label={label}
              hint={'hint' in rest ? rest.hint : undefined}
              width="sm"
            />
          </div>
          <span
            aria-hidden
            css={{ width: '2.75rem', height: '2.75rem', borderRadius: 4, border: '1px solid #7b827d' }}
            style={{ background: theme[key] }}
          />
        </div>
      ))}
    </div>
  )
}

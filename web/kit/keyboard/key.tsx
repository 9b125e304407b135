import { colour, PHONE } from '../theme/tokens'

/** A key as it is printed on a keyboard. */
export function Key({ children }: { children: string }) {
  return (
    <kbd
      css={{
        display: 'inline-block',
        minWidth: '1.25rem',
        padding: '0 0.3125rem',
        boxSizing: 'border-box',
        border: `1px solid ${colour.borderMuted}`,
        borderRadius: 3,
        background: colour.backgroundShade,
        color: colour.foregroundText,
        fontFamily: 'inherit',
        fontSize: '0.8125rem',
        lineHeight: '1.125rem',
        textAlign: 'center',
      }}
    >
      {children.length === 1 ? children.toUpperCase() : children}
    </kbd>
  )
}

export interface KeyHint {
  keys: readonly string[]
  /** What they do: `move`. */
  does: string
}

/** The line under a list that says which keys work. */
export function KeyHints({ hints }: { hints: readonly KeyHint[] }) {
  return (
    <p css={{ fontSize: '0.875rem', color: colour.foregroundMuted, [PHONE]: { display: 'none' } }}>
      {hints.map(({ keys, does }, index) => (
        <span key={does}>
          {index > 0 ? ', ' : ''}
          {keys.map((key) => (
            <span key={key}>
              <Key>{key}</Key>{' '}
            </span>
          ))}
          {does}
        </span>
      ))}
    </p>
  )
}

import { colour, PHONE } from '@banksia/kit'

const STEPS = [
  { title: 'Find the property', text: 'By address or by lot and plan. You see it in full before you pay.' },
  { title: 'Choose and pay', text: 'By card, with or without an account. Your receipt comes by email.' },
  { title: 'Download it', text: 'We email you a link on or before the due date.' },
]

/** The three steps, for who is here for the first time. */
export function HowItWorks() {
  return (
    <section>
      <h2 css={{ fontSize: '1.25rem', marginBottom: '0.75rem' }}>How it works</h2>
      <ol
        css={{
          listStyle: 'none',
          display: 'grid',
          gridTemplateColumns: 'repeat(3, 1fr)',
          gap: '1.5rem',
          [PHONE]: { gridTemplateColumns: '1fr', gap: '1rem' },
        }}
      >
        {STEPS.map(({ title, text }, index) => (
          <li key={title} css={{ display: 'flex', gap: '0.75rem' }}>
            <span
              aria-hidden
              css={{
                flexShrink: 0,
                width: '2rem',
                height: '2rem',
                borderRadius: '50%',
                display: 'grid',
                placeItems: 'center',
                background: colour.selectedMuted,
                color: colour.foregroundAction,
                fontWeight: 'bold',
              }}
            >
              {index + 1}
            </span>
            <div>
              <h3 css={{ fontSize: '1rem' }}>{title}</h3>
              <p css={{ fontSize: '0.9375rem', color: colour.foregroundMuted }}>{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

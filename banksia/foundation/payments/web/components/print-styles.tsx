import { Global } from '@emotion/react'

/** On paper only the page itself: no navigation, no buttons. */
export function PrintStyles() {
  return (
    <Global
      styles={{
        '@media print': {
          'nav, body header:not(main header), footer, button, a[download]': { display: 'none !important' },
          main: { padding: '0 !important' },
          'a[href]': { color: 'inherit', textDecoration: 'none' },
        },
      }}
    />
  )
}

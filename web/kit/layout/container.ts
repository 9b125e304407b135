/** The width of all that customers see. */
export const container = {
  boxSizing: 'border-box',
  maxWidth: '74rem',
  margin: '0 auto',
  paddingLeft: '2rem',
  paddingRight: '2rem',
} as const

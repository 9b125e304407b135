const DOLLARS = new Intl.NumberFormat('en-AU', { style: 'currency', currency: 'AUD' })

/** Cents as people write them, always with cents: `$1,069.00`. */
export function formatMoney(cents: number): string {
  return DOLLARS.format(cents / 100)
}

/** What someone typed (`69`, `$1,069.50`) in cents, or null when it is no amount. */
export function parseMoney(text: string): number | null {
  const plain = text.replace(/[$,\s]/g, '')
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(plain)
  if (!match) return null
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

/** Cents as a field shows them: `69.00`. */
export function moneyInput(cents: number): string {
  return (cents / 100).toFixed(2)
}

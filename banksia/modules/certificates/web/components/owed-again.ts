import type { OrderRead } from '../api'

/** What has to be paid again of an order's upgrades, in cents, because what paid it before did not go through. */
export function owedAgainCents({ upgrades }: OrderRead): number {
  return upgrades.reduce((sum, { owed_again_cents }) => sum + owed_again_cents, 0)
}

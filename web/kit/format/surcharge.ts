/** What a way to pay costs on top of an amount, half a cent rounded up, as the server computes it. */
export function surchargeOn(cents: number, basisPoints: number): number {
  return Math.floor((cents * basisPoints + 5000) / 10_000)
}

/** The line of a sum that asks for it: `Card surcharge 0.85 %`. */
export const cardSurchargeLine = (cents: number, basisPoints: number) => ({
  label: `Card surcharge ${(basisPoints / 100).toFixed(2)} %`,
  cents,
})

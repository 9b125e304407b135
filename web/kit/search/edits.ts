/** How many edits turn one word into another, a swap of neighbours counting as one; Infinity beyond the limit. */
export function editsBetween(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return Infinity
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const earlier = before
    before = row
    row = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1
      const costs = [at(before, j) + 1, at(row, j - 1) + 1, at(before, j - 1) + same]
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        costs.push(at(earlier, j - 2) + 1)
      }
      row.push(Math.min(...costs))
    }
  }
  const found = at(row, other.length)
  return found <= limit ? found : Infinity
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}

/** Sizes as file managers say them: `96 kB`, `18.4 MB`. */
export function formatBytes(bytes: number): string {
  const { divisor, unit, digits } = scaleOf(bytes)
  return `${(bytes / divisor).toFixed(digits)} ${unit}`
}

/** How much of a file is sent, in the unit of the whole: `5.4 of 8.4 MB`. */
export function formatProgress(sent: number, total: number): string {
  const { divisor, unit, digits } = scaleOf(total)
  return `${(sent / divisor).toFixed(digits)} of ${(total / divisor).toFixed(digits)} ${unit}`
}

function scaleOf(bytes: number): { divisor: number; unit: string; digits: number } {
  if (bytes >= 999_950_000) return { divisor: 1e9, unit: 'GB', digits: 1 }
  if (bytes >= 999_500) return { divisor: 1e6, unit: 'MB', digits: 1 }
  if (bytes >= 1000) return { divisor: 1e3, unit: 'kB', digits: 0 }
  return { divisor: 1, unit: bytes === 1 ? 'byte' : 'bytes', digits: 0 }
}

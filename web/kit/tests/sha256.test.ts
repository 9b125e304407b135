import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sha256InPieces } from '../files/sha256'

test.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 4 * 1024 * 1024 + 7, 8 * 1024 * 1024])(
  'counts %i bytes as everybody does',
  async (size) => {
    const bytes = Uint8Array.from({ length: size }, (_, place) => (place * 31 + (place >>> 8)) % 256)
    expect(await sha256InPieces(new Blob([bytes]))).toBe(createHash('sha256').update(bytes).digest('hex'))
  },
)

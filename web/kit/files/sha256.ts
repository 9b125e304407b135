// The browser's own SHA-256 takes a file only as a whole, in memory: large ones are counted here, piece by piece.

const WHOLE = 64 * 1024 * 1024
const PIECE = 4 * 1024 * 1024
const BLOCK = 64

/** The first 32 bits of the fractional part of a root of each of the first primes, as the standard makes its constants. */
function constants(count: number, root: number): Uint32Array {
  const primes: number[] = []
  for (let number = 2; primes.length < count; number += 1)
    if (primes.every((prime) => number % prime !== 0)) primes.push(number)
  return Uint32Array.from(primes, (prime) => (prime ** (1 / root) % 1) * 2 ** 32)
}

const ROUNDS = Int32Array.from(constants(64, 3))
const START = constants(8, 2)

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by))

// Two gigabytes go through here block by block, so it makes no objects; its arrays have a fixed length.
function mix(state: Uint32Array, words: Int32Array, view: DataView, offset: number): void {
  const word = (place: number) => words[place] as number
  for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(offset + i * 4)
  for (let i = 16; i < 64; i += 1) {
    const early = word(i - 15)
    const late = word(i - 2)
    const small = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)
    const large = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10)
    words[i] = (word(i - 16) + small + word(i - 7) + large) | 0
  }
  const held = (place: number) => (state[place] as number) | 0
  let [a, b, c, d, e, f, g, h] = [held(0), held(1), held(2), held(3), held(4), held(5), held(6), held(7)]
  for (let i = 0; i < 64; i += 1) {
    const choice = ((turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g))) | 0
    const first = (h + choice + (ROUNDS[i] as number) + word(i)) | 0
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  state[0] = held(0) + a
  state[1] = held(1) + b
  state[2] = held(2) + c
  state[3] = held(3) + d
  state[4] = held(4) + e
  state[5] = held(5) + f
  state[6] = held(6) + g
  state[7] = held(7) + h
}

/** What is left over at the end, with the mark and the length that the standard puts after it. */
function ending(rest: Uint8Array, size: number): DataView {
  const padded = new Uint8Array(rest.length + 9 > BLOCK ? 2 * BLOCK : BLOCK)
  padded.set(rest)
  padded[rest.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setBigUint64(padded.length - 8, BigInt(size) * 8n)
  return view
}

/** The SHA-256 of a file in small hexadecimal: the server keeps the bytes only if it counts the same. */
export async function sha256Of(file: Blob): Promise<string> {
  // Outside https and localhost a browser has no such digest of its own.
  const own = (globalThis.crypto as Partial<Crypto> | undefined)?.subtle
  if (file.size > WHOLE || !own) return sha256InPieces(file)
  const digest = await own.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The same for a file of any size, with a few megabytes of memory. */
export async function sha256InPieces(file: Blob): Promise<string> {
  const state = START.slice()
  const words = new Int32Array(64)
  const whole = file.size - (file.size % BLOCK)
  for (let from = 0; from < whole; from += PIECE) {
    const view = new DataView(await file.slice(from, Math.min(from + PIECE, whole)).arrayBuffer())
    for (let offset = 0; offset < view.byteLength; offset += BLOCK) mix(state, words, view, offset)
  }
  const last = ending(new Uint8Array(await file.slice(whole).arrayBuffer()), file.size)
  for (let offset = 0; offset < last.byteLength; offset += BLOCK) mix(state, words, last, offset)
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('')
}

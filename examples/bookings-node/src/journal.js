// What is kept stands in one file to which lines are only added; each is on the disk before anybody is told of it.
//
// A line is what happened together: all of it is kept, or none. `kill -9` or a power cut in the
// middle of a line leaves half a line at the end, which nobody was told of: it is cut off at the next start.
import fs from 'node:fs'
import path from 'node:path'

export class Journal {
  #file
  #length

  /** Opens or makes the file and hands every kept line to `apply`, oldest first. */
  constructor(folder, apply) {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.path = path.join(folder, 'journal.jsonl')
    this.#file = fs.openSync(this.path, 'a+', 0o600)
    syncFolder(folder)
    const content = fs.readFileSync(this.path)
    const end = content.lastIndexOf(0x0a) + 1
    if (end < content.length) fs.ftruncateSync(this.#file, end)
    this.#length = end
    let number = 0
    for (const line of content.subarray(0, end).toString('utf8').split('\n')) {
      number += 1
      if (line === '') continue
      apply(this.#read(line, number))
    }
  }

  /** Keep changes; when this returns they survive anything. What cannot be written whole is taken back and thrown. */
  append(changes) {
    const bytes = Buffer.from(`${JSON.stringify(changes)}\n`, 'utf8')
    try {
      let written = 0
      while (written < bytes.length) written += fs.writeSync(this.#file, bytes, written)
      fs.fdatasyncSync(this.#file)
    } catch (error) {
      fs.ftruncateSync(this.#file, this.#length)
      throw error
    }
    this.#length += bytes.length
  }

  close() {
    fs.closeSync(this.#file)
  }

  // A damaged line in the middle is no accident of writing: guessing would lose a booking without a word.
  #read(line, number) {
    try {
      return JSON.parse(line)
    } catch {
      throw new Error(
        `${this.path}, line ${number}, cannot be read. Restore the file from a backup; nothing was changed.`,
      )
    }
  }
}

/** A new file is on the disk only when its folder is. */
function syncFolder(folder) {
  const handle = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

/** Two servers on one journal would not see each other's bookings: the second is refused. Answers the way to let go. */
export function holdFolder(folder) {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, 'server.pid')
  const holder = Number(readOr(file, '0'))
  if (holder && holder !== process.pid && isRunning(holder))
    throw new Error(
      `Process ${holder} already works on ${folder}. Stop it first, or choose another BOOKINGS_DATA.`,
    )
  fs.writeFileSync(file, String(process.pid))
  return () => fs.rmSync(file, { force: true })
}

// A process number is used again after a while: only a running server of ours counts, where the machine can tell.
function isRunning(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
  const command = readOr(`/proc/${pid}/cmdline`, null)
  return command === null || command.includes('server.js')
}

function readOr(file, otherwise) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return otherwise
  }
}

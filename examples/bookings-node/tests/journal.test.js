import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { holdFolder, Journal } from '../src/journal.js'

const folder = () => fs.mkdtempSync(path.join(os.tmpdir(), 'journal-'))

test('what was kept is read again, in order', () => {
  const here = folder()
  const journal = new Journal(here, () => assert.fail('it was empty'))
  journal.append({ n: 1 })
  journal.append({ n: 2, text: 'ä\n' })
  journal.close()
  const read = []
  new Journal(here, (line) => read.push(line)).close()
  assert.deepEqual(read, [{ n: 1 }, { n: 2, text: 'ä\n' }])
})

test('half a line at the end is cut off wherever the power went, and writing goes on', () => {
  const here = folder()
  const journal = new Journal(here, () => {})
  journal.append({ n: 1 })
  journal.close()
  const whole = fs.readFileSync(journal.path)
  const next = Buffer.from(`${JSON.stringify({ n: 2 })}\n`)
  for (let length = 0; length < next.length; length += 1) {
    fs.writeFileSync(journal.path, Buffer.concat([whole, next.subarray(0, length)]))
    const read = []
    const again = new Journal(here, (line) => read.push(line))
    again.append({ n: 3 })
    again.close()
    assert.deepEqual(read, [{ n: 1 }])
    const all = []
    new Journal(here, (line) => all.push(line)).close()
    assert.deepEqual(all, [{ n: 1 }, { n: 3 }])
  }
})

test('a damaged line in the middle stops the start and changes nothing', () => {
  const here = folder()
  fs.writeFileSync(path.join(here, 'journal.jsonl'), '{"n":1}\n{"n":\n{"n":3}\n')
  assert.throws(() => new Journal(here, () => {}), /line 2, cannot be read/)
  assert.equal(fs.readFileSync(path.join(here, 'journal.jsonl'), 'utf8'), '{"n":1}\n{"n":\n{"n":3}\n')
})

test('a folder is held by one server, and that of a dead one is free', () => {
  const here = folder()
  fs.writeFileSync(path.join(here, 'server.pid'), '999999999')
  holdFolder(here)()
  assert.ok(!fs.existsSync(path.join(here, 'server.pid')))
})

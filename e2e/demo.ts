// Starts the product as a newcomer does, on free ports and with data of its own, and stops it at the end.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { BOUNCE_SECRET } from './bounce-secret.ts'
import { CHROMIUM } from './chromium.ts'
import { installTrees, switchTreesOff } from './demo-modules.ts'

declare module 'vitest' {
  interface ProvidedContext {
    baseUrls: string[]
  }
}

/** As many as walk at once; each has its own. */
export const DEMOS = 2
const ROOT = resolve(import.meta.dirname, '..')
const PATIENCE_MS = 600_000

export default async function setup(project: TestProject) {
  if (!existsSync(CHROMIUM)) {
    if (process.env.BANKSIA_REQUIRE_BROWSER) throw new Error(`The journeys need Chromium at ${CHROMIUM}.`)
    project.provide('baseUrls', [])
    return
  }
  const site = await installTrees()
  const started = await Promise.allSettled(Array.from({ length: DEMOS }, () => startDemo(site)))
  const demos = started.filter((each) => each.status === 'fulfilled').map((each) => each.value)
  const stop = async () => {
    await Promise.all(demos.map((demo) => demo.stop()))
    await rm(site, { recursive: true, force: true })
  }
  const failed = started.find((each) => each.status === 'rejected')
  if (failed) {
    await stop()
    throw failed.reason
  }
  project.provide(
    'baseUrls',
    demos.map((demo) => demo.url),
  )
  return stop
}

async function startDemo(site: string) {
  const folder = await mkdtemp(join(tmpdir(), 'banksia-e2e-'))
  const demo = spawn(join(ROOT, '.venv/bin/banksia'), ['demo', '--port', '0', '--data-dir', folder], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PYTHONPATH: site,
      BANKSIA_RATE_LIMITS: 'off',
      BANKSIA_BOUNCE_SECRETS: BOUNCE_SECRET,
    },
  })
  let said = ''
  for (const stream of [demo.stdout, demo.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = new Promise<void>((done) => demo.once('exit', () => done()))
  const stop = async () => {
    demo.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  const until = Date.now() + PATIENCE_MS
  while (!said.includes('Banksia is ready')) {
    if (demo.exitCode !== null || Date.now() > until) {
      await stop()
      throw new Error(`The demo did not start:\n${said}`)
    }
    await new Promise((next) => setTimeout(next, 200))
  }
  const told = JSON.parse(await readFile(join(folder, 'running.json'), 'utf8')) as { url: string }
  await switchTreesOff(told.url)
  return { url: told.url, stop }
}

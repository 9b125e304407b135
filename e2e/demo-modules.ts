// A Python module of somebody else's, installed beside the product as `pip` does it, and switched off until it is wanted.
import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ROOT = resolve(import.meta.dirname, '..')
const PIP =
  '-m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-index --no-deps --no-build-isolation'

/** Installs `examples/trees-python` into a folder of its own; answers the folder, for `PYTHONPATH`. */
export async function installTrees(): Promise<string> {
  const site = await mkdtemp(join(tmpdir(), 'banksia-e2e-site-'))
  // A build may leave files beside its sources.
  const copy = join(site, 'source')
  await cp(join(ROOT, 'examples/trees-python'), copy, { recursive: true })
  const python = join(ROOT, '.venv/bin/python')
  await run(python, [...PIP.split(' '), '--target', site, copy])
  await rm(copy, { recursive: true })
  return site
}

/** New councils have every module that is installed; the journeys of the product are walked without this one. */
export async function switchTreesOff(url: string): Promise<void> {
  const signedIn = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'admin@bluehills.example', password: 'banksia-demo' }),
  })
  const cookies = signedIn.headers.getSetCookie().map((each) => each.split(';', 1)[0] ?? '')
  const csrf = cookies.find((each) => each.startsWith('banksia_csrf='))?.slice('banksia_csrf='.length) ?? ''
  const switched = await fetch(`${url}/api/organisations/modules/trees`, {
    method: 'PUT',
    headers: {
      'Content-Type': 'application/json',
      Cookie: cookies.join('; '),
      Origin: new URL(url).origin,
      'X-CSRF-Token': csrf,
    },
    body: JSON.stringify({ enabled: false }),
  })
  if (!switched.ok) throw new Error(`The register of trees was not switched off: ${await switched.text()}`)
}

// What `zod` means everywhere here (vite.config.ts says so): zod itself, set up before the first schema is built.
// Otherwise zod probes `new Function`, which our content security policy forbids, whenever a bundler's order of
// parts happens to build a schema first; and its own sentences are written for programmers.
import { config } from 'zod/v4'
import { sentenceFor } from './forms/sentences'

config({ jitless: true, customError: sentenceFor })

export * from 'zod/v4'

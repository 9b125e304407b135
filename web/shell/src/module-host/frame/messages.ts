import type { PageContext } from '../contract'

/** Marks our messages: others, such as those of browser extensions, pass by. */
export const BRIDGE = 1

/** What the frame is given to begin: all of a page's context that is data. */
export interface Start {
  type: 'start'
  script: string
  theme: Record<string, string>
  context: Pick<PageContext, 'basePath' | 'area' | 'path' | 'organisation' | 'user' | 'locale'>
}

/** An answer of the API as it crosses the bridge. */
export interface Answer {
  type: 'answer'
  id: number
  status: number
  statusText: string
  headers: [name: string, value: string][]
  body: ArrayBuffer | null
}

/** From the shell to the frame. */
export type ToFrame =
  | Start
  | Answer
  | { type: 'refused'; id: number; message: string }
  | { type: 'path'; path: string }
  | { type: 'leave' }

/** From the frame to the shell; there it is checked before anything is done, because the frame may be hostile. */
export type ToShell =
  | { type: 'ready' }
  | { type: 'mounted' }
  | { type: 'broken'; message: string }
  | { type: 'height'; height: number }
  | { type: 'navigate'; path: string; replace: boolean }
  | { type: 'open'; address: string }
  | { type: 'title'; title: string }
  | {
      type: 'fetch'
      id: number
      url: string
      method: string
      headers: Record<string, string>
      body: ArrayBuffer | null
    }
  | { type: 'abort'; id: number }

/** What is done for each kind of message. */
export type Acts<Message extends { type: string }> = {
  [Kind in Message['type']]: (message: Extract<Message, { type: Kind }>) => void
}

export function act<Message extends { type: string }>(acts: Acts<Message>, message: Message): void {
  const one = acts[message.type as Message['type']] as (message: Message) => void
  one(message)
}

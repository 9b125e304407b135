import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { problemOf } from '@banksia/kit'
import { readDraftOptions, saveDraft, type Answer, type DraftRead } from '../api'

type ByQuestion<Value> = Readonly<Record<string, Value>>
export type Answers = ByQuestion<Answer>
export type SaveAnswers = ReturnType<typeof useSaveAnswers>

const isStale = (error: unknown) => problemOf(error).type === 'urn:banksia:certificates:draft-stale'
const without = <Value>(all: ByQuestion<Value>, key: string): ByQuestion<Value> =>
  Object.fromEntries(Object.entries(all).filter(([each]) => each !== key))
/** One of several: an answer that is given twice is under way twice. */
const lessOne = (keys: readonly string[], key: string) =>
  keys.filter((_, place) => place !== keys.indexOf(key))

/**
 * Answers are saved one after another, each upon the version that the one before made. What somebody else was faster
 * with is kept beside theirs until the officer has chosen; what failed for another reason is told at its question.
 */
export function useSaveAnswers(draft: DraftRead) {
  const [unsaved, setUnsaved] = useState<Answers>({})
  const [errors, setErrors] = useState<ByQuestion<unknown>>({})
  const [underWay, setUnderWay] = useState<readonly string[]>([])
  const [edited, setEdited] = useState<readonly string[]>([])
  const drop = (key: string) => {
    setUnsaved((before) => without(before, key))
    setErrors((before) => without(before, key))
  }
  const save = useSaveOne(draft, {
    onEnd: (key) => {
      setUnderWay((before) => lessOne(before, key))
    },
    onStored: drop,
    onError: (key, answer, error) => {
      if (isStale(error)) setUnsaved((before) => ({ ...before, [key]: answer }))
      else setErrors((before) => ({ ...before, [key]: error }))
    },
  })
  /** Answers whether it is stored, or kept beside somebody else's: there is nothing left to do where it was typed. */
  const answer = async (key: string, given: Answer): Promise<boolean> => {
    drop(key)
    setUnderWay((before) => [...before, key])
    try {
      await save.mutateAsync({ key, answer: given })
      return true
    } catch (error) {
      return isStale(error)
    }
  }
  const isWaiting = (key: string) =>
    !underWay.includes(key) && (edited.includes(key) || key in errors || key in unsaved)
  return {
    isPending: save.isPending,
    /** The answers that somebody else was faster with. */
    unsaved,
    /** Why an answer was not saved. */
    errors,
    /** The questions whose answers are on their way. */
    underWay,
    /** The questions at which something is typed that was not there before. */
    edited,
    /** What was answered and is not stored, in the order of the questions: nothing is issued before it is. */
    waiting: draft.sections.flatMap(({ fields }) => fields).filter(({ key }) => isWaiting(key)),
    note: (key: string, isEdited: boolean) => {
      setEdited((before) => [...before.filter((each) => each !== key), ...(isEdited ? [key] : [])])
    },
    answer,
    /** Save what somebody else was faster with; it stays beside theirs when that fails. */
    answerMine: async (key: string) => {
      const mine = unsaved[key]
      if (mine && !(await answer(key, mine))) setUnsaved((before) => ({ ...before, [key]: mine }))
    },
    drop,
  }
}

interface Given {
  key: string
  answer: Answer
}

interface Heard {
  onEnd: (key: string) => void
  onStored: (key: string) => void
  onError: (key: string, answer: Answer, error: unknown) => void
}

/** One answer after another; each is heard of, also when the next one is already waiting. */
function useSaveOne(draft: DraftRead, { onEnd, onStored, onError }: Heard) {
  const queryClient = useQueryClient()
  const path = { line_id: draft.line.id }
  const options = readDraftOptions({ path })
  return useMutation({
    scope: { id: `draft ${draft.line.id}` },
    mutationFn: async ({ key, answer }: Given) => {
      const { version, template_number, known } = queryClient.getQueryData(options.queryKey) ?? draft
      const { data } = await saveDraft({
        path,
        body: { version, template_number, known, answers: { [key]: answer } },
        throwOnError: true,
      })
      queryClient.setQueryData(options.queryKey, data)
    },
    onSuccess: (_, { key }) => {
      onEnd(key)
      onStored(key)
    },
    onError: (error, { key, answer }) => {
      onEnd(key)
      onError(key, answer, error)
      return queryClient.invalidateQueries({ queryKey: options.queryKey })
    },
  })
}

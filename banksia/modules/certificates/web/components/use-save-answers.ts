import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { problemOf } from '@banksia/kit'
import { readDraftOptions, saveDraft, type Answer, type DraftRead } from '../api'

export type Answers = Readonly<Record<string, Answer>>

const isStale = (error: unknown) => problemOf(error).type === 'urn:banksia:certificates:draft-stale'

/**
 * Answers are saved one after another, each upon the version that the one before made. What somebody else was faster
 * with is kept beside theirs until the officer has chosen.
 */
export function useSaveAnswers(draft: DraftRead) {
  const queryClient = useQueryClient()
  const [unsaved, setUnsaved] = useState<Answers>({})
  const path = { line_id: draft.line.id }
  const options = readDraftOptions({ path })
  const drop = (key: string) => {
    setUnsaved((before) => Object.fromEntries(Object.entries(before).filter(([each]) => each !== key)))
  }
  const save = useMutation({
    scope: { id: `draft ${draft.line.id}` },
    mutationFn: async (answers: Answers) => {
      const { version, template_number, known } = queryClient.getQueryData(options.queryKey) ?? draft
      const { data } = await saveDraft({
        path,
        body: { version, template_number, known, answers },
        throwOnError: true,
      })
      queryClient.setQueryData(options.queryKey, data)
    },
    onError: (error, answers) => {
      if (isStale(error)) setUnsaved((before) => ({ ...before, ...answers }))
      return queryClient.invalidateQueries({ queryKey: options.queryKey })
    },
  })
  return {
    isPending: save.isPending,
    error: save.error && !isStale(save.error) ? save.error : null,
    unsaved,
    answer: (key: string, answer: Answer) => {
      drop(key)
      save.mutate({ [key]: answer })
    },
    drop,
    retry: () => {
      if (save.variables) save.mutate(save.variables)
    },
  }
}

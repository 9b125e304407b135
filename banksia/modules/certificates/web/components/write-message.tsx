import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import {
  DropArea,
  ErrorPanel,
  Form,
  formatBytes,
  sha256Of,
  SubmitButton,
  TextareaField,
  uploadFile,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import { writeMessage } from '../api'
import { orderHeaders } from './order-token'

const schema = z.object({ text: z.string().trim().min(1, 'Write a message.').max(5000) })

/** The words are sent first, then each file: a lost connection costs one file and no words. */
export function WriteMessage({
  orderId,
  side,
  asked,
  isMailed,
}: {
  orderId: string
  side: 'customer' | 'council'
  /** Council waits for an answer. */
  asked: boolean
  /** The customer has an email address. */
  isMailed: boolean
}) {
  const queryClient = useQueryClient()
  const [files, setFiles] = useState<File[]>([])
  const [left, setLeft] = useState<{ messageId: string; files: File[] }>()
  const upload = useMutation({
    mutationFn: async ({ messageId, files: waiting }: { messageId: string; files: File[] }) => {
      let rest = waiting
      try {
        for (const file of waiting) {
          const query = new URLSearchParams({ file_name: file.name }).toString()
          await uploadFile(`/api/certificates/orders/${orderId}/messages/${messageId}/files?${query}`, file, {
            headers: {
              'X-Content-SHA256': await sha256Of(file),
              ...(orderHeaders(orderId) as Record<string, string>),
            },
          })
          rest = rest.slice(1)
        }
      } finally {
        setLeft(rest.length > 0 ? { messageId, files: rest } : undefined)
        await queryClient.invalidateQueries()
      }
    },
  })
  const form = useKitForm({
    schema,
    defaultValues: { text: '' },
    onSubmit: async ({ text }) => {
      const { data } = await writeMessage({
        path: { order_id: orderId },
        headers: orderHeaders(orderId),
        body: { text },
        throwOnError: true,
      })
      form.methods.reset()
      setFiles([])
      if (files.length > 0) upload.mutate({ messageId: data.id, files })
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Form form={form} label="Write about this order" gap="0.75rem">
      {upload.error && left ? (
        <ErrorPanel
          title={`${left.files.map(({ name }) => name).join(', ')} did not arrive`}
          error={upload.error}
          onRetry={() => {
            upload.mutate(left)
          }}
        />
      ) : null}
      <TextareaField
        name="text"
        label={asked && side === 'customer' ? 'Your answer' : 'Message'}
        hint={
          side === 'customer' && asked
            ? 'The time that council has goes on when you answer.'
            : side === 'council'
              ? isMailed
                ? 'It is mailed to the customer, who answers on the page of the order.'
                : 'The customer gave no email address: it is kept with the order, and nothing is mailed. Tell them at the counter or by phone.'
              : undefined
        }
        rows={3}
      />
      <DropArea
        onFiles={(more) => {
          setFiles([...files, ...more].slice(0, 10))
        }}
      >
        Up to 10 files of 25 MB
      </DropArea>
      {files.length > 0 ? (
        <ul css={{ listStyle: 'none' }}>
          {files.map((file, index) => (
            <li key={`${file.name}-${String(index)}`}>
              {`${file.name} (${formatBytes(file.size)}) `}
              <Button
                variant="text"
                size="sm"
                onClick={() => {
                  setFiles(files.filter((each) => each !== file))
                }}
              >
                {`Leave out ${file.name}`}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <div>
        <SubmitButton size="sm">
          {upload.isPending
            ? 'Sending files'
            : side === 'council' && !isMailed
              ? 'Keep with the order'
              : 'Send'}
        </SubmitButton>
      </div>
    </Form>
  )
}

import { type PropsWithChildren, type ReactNode, type Ref } from 'react'
import { AlertFilledIcon, InfoFilledIcon, SuccessFilledIcon, WarningFilledIcon } from '@ag.ds-next/react/icon'
import { colour, RADIUS } from '../theme/tokens'

const tones = {
  info: { icon: InfoFilledIcon, edge: colour.systemInfo, background: colour.systemInfoMuted },
  success: { icon: SuccessFilledIcon, edge: colour.systemSuccess, background: colour.systemSuccessMuted },
  warning: { icon: WarningFilledIcon, edge: colour.systemWarning, background: colour.systemWarningMuted },
  error: { icon: AlertFilledIcon, edge: colour.systemError, background: colour.systemErrorMuted },
} as const

interface NoticeProps {
  tone: keyof typeof tones
  title: ReactNode
  /** `status` is read out when it appears, `alert` at once. */
  role?: 'status' | 'alert'
  ref?: Ref<HTMLDivElement>
  tabIndex?: number
}

/** What someone must know before all else on a page or in a panel; at most one of a page. */
export function Notice({ tone, title, role, ref, tabIndex, children }: PropsWithChildren<NoticeProps>) {
  const { icon: Icon, edge, background } = tones[tone]
  return (
    <div
      ref={ref}
      role={role}
      tabIndex={tabIndex}
      css={{
        display: 'flex',
        gap: '0.5rem',
        padding: '1rem',
        borderLeft: `6px solid ${edge}`,
        borderRadius: RADIUS.control,
        background,
        '&:focus': { outline: `3px solid ${colour.foregroundFocus}`, outlineOffset: 2 },
      }}
    >
      <Icon color={tone} css={{ flexShrink: 0 }} />
      <div css={{ minWidth: 0, fontSize: '0.9375rem' }}>
        <p css={{ fontSize: '1rem', fontWeight: 'bold' }}>{title}</p>
        {children ? <div css={{ marginTop: '0.25rem' }}>{children}</div> : null}
      </div>
    </div>
  )
}

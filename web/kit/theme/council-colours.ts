import type { Theme } from '@ag.ds-next/react/core'

/** The colours that a council chooses; the server checked their contrast when they were saved. */
export interface CouncilColours {
  action: string
  header: string
  accent: string
  body: string
  shade: string
  text: string
  header_text: string
  border: string
  focus: string
  header_focus: string
}

const mixed = (colour: string, percent: number, other: string) =>
  `color-mix(in srgb, ${colour} ${String(percent)}%, ${other})`

/** The design system's keys from the council's few: what stands on the same ground follows its colour. */
export function themeOf(colours: Partial<CouncilColours>): Theme {
  const { action, header, accent, body, shade, text, border, focus } = colours
  const theme: Theme = {
    lightForegroundText: text,
    lightForegroundAction: action,
    lightSelected: action,
    lightSelectedMuted: action && mixed(action, 10, body ?? 'white'),
    lightBackgroundBody: body,
    lightBackgroundShade: shade,
    lightBorder: border,
    lightForegroundFocus: focus,
    lightAccent: accent,
    darkAccent: accent,
    darkBackgroundBody: header,
    darkBackgroundBodyAlt: header && mixed(header, 82, 'black'),
    darkBackgroundShade: header && mixed(header, 88, 'white'),
    darkBackgroundShadeAlt: header && mixed(header, 65, 'black'),
    darkSelectedMuted: header && mixed(header, 88, 'white'),
    darkForegroundText: colours.header_text,
    darkForegroundFocus: colours.header_focus,
  }
  return Object.fromEntries(Object.entries<string | undefined>(theme).filter(([, value]) => Boolean(value)))
}

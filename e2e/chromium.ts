/** Debian's; CI installs it, and a machine without it skips the journeys. */
export const CHROMIUM = process.env.BANKSIA_CHROMIUM ?? '/usr/bin/chromium'

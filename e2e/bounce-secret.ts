/** What the demo takes reports of returned mail with. */
export const BOUNCE_SECRET = 'walked-by-hand'

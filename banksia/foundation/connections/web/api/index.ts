// Written by `npm run generate`.
export * from './queries.gen'
export * from './sdk.gen'
export * from './types.gen'
export * from './zod.gen'

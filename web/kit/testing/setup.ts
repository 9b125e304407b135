// What every test file stands on. Tools run in Node itself and need none of it.
if (typeof window !== 'undefined') await import('./setup-dom')

export {}

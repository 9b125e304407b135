import { type PropsWithChildren, useEffect, useState } from 'react'

/** Shows its children only after 200 ms: what is quick never flickers. */
export function Late({ after = 200, children }: PropsWithChildren<{ after?: number }>) {
  const [shown, setShown] = useState(after === 0)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), after)
    return () => clearTimeout(timer)
  }, [after])
  return shown ? children : null
}

import { useEffect, useRef, useState } from 'react'
import { again } from './addresses'
import { hostFrame } from './frame/host-frame'
import type { ShownProps } from './page-host'

/** A page that the council does not trust with its origin: in a frame that has none, behind the bridge. */
export function FramedPage({ entry, around, tries, onMounted, onBroken }: ShownProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(0)
  const latest = useRef({ around, onMounted, onBroken })
  const { name, title, page_url: url, capabilities } = entry
  const script = again(url, tries)
  const granted = useRef(capabilities ?? [])
  useEffect(() => {
    const target = frame.current
    if (!target) return
    const { around: surroundings, ...told } = latest.current
    const leave = hostFrame(target, {
      ...surroundings,
      ...told,
      module: name,
      capabilities: granted.current,
      script,
      onHeight: setHeight,
    })
    // It begins when somebody listens.
    target.src = `/modules/${name}/frame.html`
    return leave
  }, [name, script])
  return (
    <iframe
      ref={frame}
      title={title}
      // No allow-same-origin and no allow-top-navigation: that is what keeps it out of the shell.
      sandbox="allow-scripts allow-forms allow-downloads"
      referrerPolicy="no-referrer"
      css={{ display: 'block', width: '100%', border: 0 }}
      style={{ height }}
    />
  )
}

import {
  type Attributes,
  type ComponentType,
  createElement,
  type FunctionComponent,
  lazy,
  Suspense,
} from 'react'

/** What is loaded when it is first shown, such as a dialog: its form is the heaviest part of a page. */
export function loadedLate<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  const Late = lazy(load) as unknown as FunctionComponent<Props>
  return function LoadedLate(props: Props) {
    return <Suspense fallback={null}>{createElement(Late, props as Attributes & Props)}</Suspense>
  }
}

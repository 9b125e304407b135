import { AsAtDialog } from '@banksia/kit'
import { filePage } from '../routes'

/** Chooses the day whose file is shown. */
export function FileAsAtDialog({ onClose }: { onClose: () => void }) {
  const { as_at } = filePage.useSearch()
  const setSearch = filePage.useSetSearch()
  return (
    <AsAtDialog
      title="Show the file on another day"
      hint="What lay here at the end of this day; titles and folders are today’s."
      asAt={as_at}
      onChoose={(day) => setSearch({ as_at: day, view: 'documents' }, { replace: false })}
      onClose={onClose}
    />
  )
}

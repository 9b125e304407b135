import { AsAtDialog, useNavigateTo } from '@banksia/kit'
import { type PropertyView, viewHref } from './view-href'

interface PropertyAsAtDialogProps {
  propertyId: string
  view: PropertyView
  asAt: string | undefined
  onClose: () => void
}

/** Chooses the day on which the property is shown. */
export default function PropertyAsAtDialog({ propertyId, view, ...asked }: PropertyAsAtDialogProps) {
  const navigate = useNavigateTo()
  return (
    <AsAtDialog
      title="Show the property on another day"
      hint="Shown as it was at the end of this day."
      onChoose={(day) => navigate(viewHref(view, propertyId, day))}
      {...asked}
    />
  )
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { readBasket, type BasketRead, type LineCreate } from '../api'

/** What each line costs now and what stands against it, as the council's server says. */
export function useBasketRead(lines: readonly LineCreate[]) {
  return useQuery({
    queryKey: ['certificates', 'basket', lines],
    queryFn: async ({ signal }): Promise<BasketRead> => {
      const { data } = await readBasket({ body: { lines: [...lines] }, signal, throwOnError: true })
      return data
    },
    enabled: lines.length > 0,
    placeholderData: keepPreviousData,
  })
}

export const asLines = (
  lines: readonly { propertyId: string; parcel: string; product: string; urgent: boolean }[],
): LineCreate[] =>
  lines.map(({ propertyId, parcel, product, urgent }) => ({
    property_id: propertyId,
    parcel,
    product,
    urgent,
  }))

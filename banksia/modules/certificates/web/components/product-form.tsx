import { useState } from 'react'
import { SaveForm, useSaveForm } from '@banksia/kit'
import { listProductsOptions, updateProduct, type ProductRead } from '../api'
import { ProductFields } from './product-fields'
import { productSchema, sentOf, typedOf } from './product-schema'

interface ProductFormProps {
  product: ProductRead
  /** The others that the council sells. */
  others: readonly ProductRead[]
}

/** What a certificate is and how soon it comes; its version keeps two administrators from overwriting each other. */
export function ProductForm({ product, others }: ProductFormProps) {
  // That which was read with what is typed over: one that somebody else makes meanwhile refuses the next saving.
  const [version, setVersion] = useState(product.version)
  const form = useSaveForm({
    schema: productSchema,
    defaultValues: typedOf(product),
    save: async (typed) => {
      const body = { ...sentOf(typed), version }
      const { data } = await updateProduct({ path: { code: product.code }, body, throwOnError: true })
      setVersion(data.version)
    },
    refreshes: listProductsOptions().queryKey,
  })
  return (
    <SaveForm form={form} label="Certificate" button="Save certificate">
      <ProductFields others={others} />
    </SaveForm>
  )
}

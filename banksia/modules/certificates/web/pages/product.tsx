import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { EmptyState, Loaded, Notice, Panel, StaffPage } from '@banksia/kit'
import { listProductsOptions, type ProductRead } from '../api'
import { FeeForm, FeeList } from '../components/fees'
import { ProductForm } from '../components/product-form'
import { productPage, productsPage } from '../staff-routes'

/** One certificate of the catalogue: what it is, how soon, what it costs from when on. */
export default function ProductPage() {
  const { code } = productPage.useParams()
  const products = useQuery(listProductsOptions())
  const product = products.data?.products.find((each) => each.code === code)
  return (
    <StaffPage
      title={product?.title ?? 'Certificate'}
      where={<TextLink href={productsPage.href()}>Certificates and fees</TextLink>}
    >
      <Loaded query={products} failed="The certificate could not be loaded">
        {(read) =>
          product ? (
            <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '52rem' }}>
              {product.kind === 'sale' ? <Fees product={product} /> : null}
              <Panel title="Certificate" hint={`Code ${product.code}. Orders keep what they were sold.`}>
                <ProductForm
                  key={product.code}
                  product={product}
                  others={read.products.filter((each) => each.kind === 'sale' && each.code !== code)}
                />
              </Panel>
            </div>
          ) : (
            <EmptyState action={<TextLink href={productsPage.href()}>See all certificates</TextLink>}>
              There is no certificate {code}.
            </EmptyState>
          )
        }
      </Loaded>
    </StaffPage>
  )
}

function Fees({ product }: { product: ProductRead }) {
  const isPriced = product.fees.some(({ status }) => status === 'in_force')
  return (
    <>
      {isPriced ? null : (
        <Notice tone="warning" title="It has no fee today, so nobody can order it">
          <p>Add a fee that applies from today or from the day on which it shall be sold.</p>
        </Notice>
      )}
      {product.fees.length > 0 ? (
        <Panel title="Fees" flush>
          <FeeList product={product} />
        </Panel>
      ) : null}
      <Panel title="New fee" hint="Past fees are never changed.">
        <FeeForm product={product} />
      </Panel>
    </>
  )
}

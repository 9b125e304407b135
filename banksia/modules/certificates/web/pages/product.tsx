import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { EmptyState, Loaded, Panel, StaffPage } from '@banksia/kit'
import { listProductsOptions } from '../api'
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
        {() =>
          product ? (
            <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '52rem' }}>
              <Panel title="Fees" flush>
                <FeeList product={product} />
              </Panel>
              <Panel title="New fee" hint="Past fees are never changed.">
                <FeeForm product={product} />
              </Panel>
              <Panel title="Certificate">
                <ProductForm key={product.code} product={product} />
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

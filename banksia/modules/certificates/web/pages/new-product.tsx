import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Loaded, Panel, StaffPage, useNavigateTo } from '@banksia/kit'
import { listProductsOptions } from '../api'
import { NewProductForm } from '../components/new-product-form'
import { productPage, productsPage } from '../staff-routes'

/** Adding a certificate to what the council sells. */
export default function NewProductPage() {
  const navigate = useNavigateTo()
  const products = useQuery(listProductsOptions())
  return (
    <StaffPage
      title="Add a certificate"
      where={<TextLink href={productsPage.href()}>Certificates and fees</TextLink>}
    >
      <Loaded query={products} failed="The certificates could not be loaded">
        {(read) => (
          <div css={{ maxWidth: '52rem' }}>
            <Panel
              title="New certificate"
              hint="Customers can order it from the day on which its fee applies."
            >
              <NewProductForm
                products={read.products}
                onAdded={({ code }) => {
                  navigate(productPage.href({ params: { code } }))
                }}
              />
            </Panel>
          </div>
        )}
      </Loaded>
    </StaffPage>
  )
}

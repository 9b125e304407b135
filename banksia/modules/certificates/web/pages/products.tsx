import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { DataTable, dayOf, formatMoney, Loaded, Money, RowCard, StaffPage, Tag } from '@banksia/kit'
import { listProductsOptions, type ProductRead } from '../api'
import { newProductPage, productPage } from '../staff-routes'

const hrefOf = (product: ProductRead) => productPage.href({ params: { code: product.code } })
const feeOf = (product: ProductRead) => product.fees.find(({ status }) => status === 'in_force')

/** What the council sells, with the fees in force. */
export default function ProductsPage() {
  const products = useQuery(listProductsOptions())
  return (
    <StaffPage
      title="Certificates and fees"
      where={<TextLink href="/settings">Settings</TextLink>}
      actions={<ButtonLink href={newProductPage.href()}>Add a certificate</ButtonLink>}
      facts="A fee applies from its day on; orders keep the fee of the day they were placed."
    >
      <Loaded query={products} failed="The certificates could not be loaded">
        {({ products: rows }) => (
          <DataTable
            caption="Certificates"
            rows={rows}
            rowKey={(product) => product.code}
            rowHref={hrefOf}
            columns={[
              {
                key: 'title',
                header: 'Certificate',
                cell: (product) => (
                  <>
                    <TextLink href={hrefOf(product)}>{product.title}</TextLink>
                    <span className="detail">{product.code}</span>
                  </>
                ),
              },
              {
                key: 'fee',
                header: 'Fee',
                align: 'right',
                cell: (product) => {
                  const fee = feeOf(product)
                  return fee ? <Money cents={fee.fee_cents} /> : ''
                },
              },
              {
                key: 'urgent',
                header: 'Urgent',
                align: 'right',
                cell: (product) => {
                  const cents = feeOf(product)?.urgent_fee_cents
                  return cents ? <Money cents={cents} /> : ''
                },
              },
              {
                key: 'days',
                header: 'Working days',
                align: 'right',
                wideOnly: true,
                cell: (product) => (product.kind === 'sale' ? product.turnaround_days : ''),
              },
              {
                key: 'gl',
                header: 'Ledger code',
                wideOnly: true,
                cell: (product) => feeOf(product)?.gl_code ?? '',
              },
              { key: 'state', header: 'State', cell: (product) => <Tag>{stateOf(product)}</Tag> },
            ]}
            card={(product) => (
              <RowCard
                top={stateOf(product)}
                title={<TextLink href={hrefOf(product)}>{product.title}</TextLink>}
                start={product.code}
                end={priceOf(product)}
              />
            )}
          />
        )}
      </Loaded>
    </StaffPage>
  )
}

function stateOf(product: ProductRead): string {
  if (!product.is_offered) return 'Not offered'
  if (product.kind === 'link') return 'Link'
  if (!feeOf(product)) return 'No fee yet'
  const { closed_from_on: from, opens_again_on: again } = product
  const today = dayOf(new Date())
  const isClosed = from !== null && from <= today && (again === null || again > today)
  return isClosed ? 'Closed for a time' : 'Offered'
}

/** What it costs today; a link costs nothing here. */
function priceOf(product: ProductRead): string {
  const fee = feeOf(product)
  return fee ? formatMoney(fee.fee_cents) : ''
}

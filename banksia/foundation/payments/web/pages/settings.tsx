import { TextLink } from '@ag.ds-next/react/text-link'
import { ModuleSettingsPanel, Panel, RowList, StaffPage, useMay, useModules } from '@banksia/kit'
import { ReceiptWording } from '../components/receipt-wording'
import { Surcharges } from '../components/surcharges'

const WAYS = ['takes_card', 'takes_cash', 'takes_eftpos', 'takes_cheque', 'takes_account'] as const
const RULES = ['refund_approval_from_cents', 'unpaid_expires_after_days', 'alert_email'] as const
const BOOKS = ['surcharge_gl_code'] as const

/** All that a council decides about payments, on one page, with the way to what has a page of its own. */
export default function PaymentSettingsPage() {
  const mayChange = useMay('organisations.modules.manage')
  const others = useModules()
    .flatMap(({ name, navigation }) => (name === 'payments' ? (navigation ?? []) : []))
    .filter(({ area, to }) => area === 'settings' && to !== '/payments/settings')
  return (
    <StaffPage title="Payments" where={<TextLink href="/settings">Settings</TextLink>}>
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '48rem' }}>
        {mayChange ? <ModuleSettingsPanel name="payments" title="Ways to pay" only={WAYS} /> : null}
        <Surcharges />
        {mayChange ? (
          <>
            <ReceiptWording />
            <ModuleSettingsPanel name="payments" title="Refunds, unpaid orders and alerts" only={RULES} />
            <ModuleSettingsPanel name="payments" title="General ledger" only={BOOKS} />
          </>
        ) : null}
        {others.length > 0 ? (
          <Panel title="On pages of their own" flush>
            <RowList
              inset
              rows={others.map(({ to, label }) => ({
                key: to,
                title: <TextLink href={to}>{label}</TextLink>,
              }))}
            />
          </Panel>
        ) : null}
      </div>
    </StaffPage>
  )
}

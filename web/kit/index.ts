// All that a module's pages may use besides AgDS itself, TanStack Query's hooks and zod.
export { ProblemError, problemOf, type FieldError } from './api/problem'
export { ChangedTag, Tag, UrgentTag } from './display/tag'
export { LyingBars, StackedBars, StandingBars, type Bar } from './chart/bars'
export type { ChartSeries } from './chart/legend'
export { CopyButton } from './display/copy-button'
export { Count } from './display/count'
export { DeliveryDetail } from './display/delivery-detail'
export { Due, dueEdge } from './display/due'
export { Facts, type Fact } from './display/facts'
export { Notice } from './display/notice'
export { DecisionPanel, Panel } from './display/panel'
export {
  parcelsInWords,
  PropertyIdentity,
  propertyLine,
  type PropertyFacts,
} from './display/property-identity'
export { RowList, type ListRow } from './display/row-list'
export { SecretOnce } from './display/secret-once'
export { moneyWords, Status, statusTones, type StatusWord } from './display/status'
export { Steps, type Step } from './display/steps'
export { Money, Sums, type Sum } from './display/sums'
export { Timeline, type TimelineEvent } from './display/timeline'
export { Views, type View } from './display/views'
export { Dialog } from './feedback/dialog'
export { loadedLate } from './feedback/loaded-late'
export { EmptyState } from './feedback/empty-state'
export { ErrorPanel } from './feedback/error-panel'
export { Late } from './feedback/late'
export { Loaded } from './feedback/loaded'
export { MoreButton } from './feedback/more-button'
export { SkeletonPage, SkeletonRows } from './feedback/skeleton'
export { DropArea } from './files/drop-area'
export type { DroppedFile } from './files/dropped'
export {
  type Begun,
  forgetRemaining,
  keepBegun,
  keepRemaining,
  leftUploads,
  type Remaining,
  remainingUpload,
  subscribeLeft,
} from './files/remaining'
export { endResumable, sendResumable, type ResumableOptions } from './files/resumable'
export { sha256Of } from './files/sha256'
export { uploadFile, type UploadOptions } from './files/upload-file'
export { UploadRows } from './files/upload-rows'
export { useQueue, useUploads } from './files/use-uploads'
export { UploadQueue, type SendOptions, type Upload } from './files/upload-queue'
export { formatAddress } from './format/address'
export { formatBytes, formatProgress } from './format/bytes'
export {
  dayOf,
  formatDate,
  formatDay,
  formatDayAndTime,
  formatLongDate,
  formatTime,
  type When,
} from './format/dates'
export { fileHref } from './format/file-href'
export { dueWords, type DueFacts } from './format/due'
export { formatMoney, moneyInput, parseMoney } from './format/money'
export { cardSurchargeLine, surchargeOn } from './format/surcharge'
export { formatParcel, formatParcelShort } from './format/parcel'
export { ActionButton } from './forms/action-button'
export { DateField } from './forms/date-field'
export {
  CheckboxesField,
  CheckboxField,
  PasswordField,
  SecretField,
  RadioField,
  SelectField,
  TextareaField,
  TextField,
  type Choice,
} from './forms/fields'
export { compactFields, Filters } from './forms/filters'
export { FindForm } from './forms/find-form'
export { Form } from './forms/form'
export { MoneyField } from './forms/money-field'
export { RowsField } from './forms/rows-field'
export { SaveForm, useSaveForm } from './forms/save-form'
export { SmallFileField } from './forms/small-file-field'
export { SubmitButton } from './forms/submit-button'
export { useKitForm, type KitForm } from './forms/use-kit-form'
export { Key, KeyHints, type KeyHint } from './keyboard/key'
export { ShortcutHelp } from './keyboard/shortcut-help'
export { useShortcuts, type Shortcut } from './keyboard/shortcuts'
export { AccountMenu } from './layout/account-menu'
export { container } from './layout/container'
export { CustomerFooter, type LayoutLink } from './layout/customer-footer'
export { CustomerHeader } from './layout/customer-header'
export { CustomerPage } from './layout/customer-page'
export { StaffLayout } from './layout/staff-layout'
export { activeHref, StaffNav, type StaffNavLink } from './layout/staff-nav'
export { StaffPage } from './layout/staff-page'
export { useTitle } from './layout/use-title'
export { LineageGraph } from './lineage/lineage-graph'
export type { Lineage, LineageEvent, LineageLot } from './lineage/layout'
export { LotSketch } from './map/lot-sketch'
export type { LotGeometry, MapLot } from './map/lots'
export { ParcelMap } from './map/parcel-map'
export {
  defineModule,
  type ModuleWeb,
  type NavCount,
  type NavCountQuery,
  type NavGroup,
  type NavItem,
  type StaffMatch,
  type StaffSearch,
} from './module/define-module'
export { hrefOf, parseSearch, stringifySearch } from './module/href'
export { pagesOf, type Page, type PageOptions } from './module/page'
export { byCursor, rowsOf } from './paging/by-cursor'
export { PagedList } from './paging/paged-list'
export { AsAtDialog } from './period/as-at-dialog'
export { periodOf, periodWords, presets, type Period } from './period/period'
export { PeriodFilter } from './period/period-filter'
export type { CounterPart } from './payment/counter-parts'
export { CounterPayment } from './payment/counter-payment'
export { GlCodeField } from './payment/gl-code-field'
export { PayLink } from './payment/pay-link'
export { ReceiptLinks, type ReceiptLink } from './payment/receipt-links'
export { RefundsShown, type RefundShown } from './payment/refunds-shown'
export { currentTillQuery, TILL_PAGE, TillLine } from './payment/till-line'
export { useConfirmation, type Confirmation } from './payment/use-confirmation'
export { Highlighted, wordRanges } from './search/highlight'
export { MatchLines } from './search/match-list'
export { propertyQuery, type ParcelDetail, type PropertyDetail } from './search/property-detail'
export {
  findProperties,
  noProperty,
  propertyDetail,
  PropertyLines,
  PropertySearch,
  propertyTitle,
  type PropertyMatch,
} from './search/property-search'
export { SearchCombobox } from './search/search-combobox'
export { useMatches, useRested } from './search/use-matches'
export { PdfPreview } from './pdf/pdf-preview'
export { ModuleSettingsPanel, useModuleSettings, type ModuleSettings } from './settings/module-settings'
export { firmsQuery, useFirms, type Firm } from './session/firms'
export { modulesQuery, useModules, type ModuleEntry, type ModuleNavigation } from './session/modules'
export { organisationQuery, useOrganisation, type Organisation } from './session/organisation'
export {
  fetchJson,
  may,
  meQuery,
  safeReturn,
  sessionChanged,
  signInHref,
  useMay,
  useSessionChanged,
  useUser,
  type User,
} from './session/session'
export { forgetPerson, onSignedOut } from './session/signed-out'
export { CardList, RowCard } from './table/card-list'
export { type Column } from './table/column'
export { DataTable, type DataTableProps, type Sort } from './table/data-table'
export { dense } from './table/dense'
export { type Selection, toggled } from './table/selection'
export { amountColumn } from './table/amount-column'
export { whenColumn } from './table/when-column'
export { type CouncilColours } from './theme/council-colours'
export { CouncilTheme } from './theme/council-theme'
export { defaultTheme } from './theme/default-theme'
export { NavigateContext, useNavigateTo } from './theme/navigate'
export { RouterLink } from './theme/router-link'
export {
  colour,
  focusRing,
  PHONE,
  RADIUS,
  slimButtons,
  tabularFigures,
  visuallyHidden,
  WARNING_WORDS,
  WIDE,
} from './theme/tokens'
export { useIsPhone, useIsWide, useMedia } from './theme/use-media'

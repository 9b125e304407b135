import { Fragment, useId } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { Table, TableBody, TableCell, TableHead, TableHeader } from '@ag.ds-next/react/table'
import { colour, dense, formatDate, PHONE, Status, tabularFigures, visuallyHidden } from '@banksia/kit'
import type { AttributeRead } from '../api'

export interface AttributeTableProps {
  attributes: readonly AttributeRead[]
  /** Absent where nothing can be recorded: for others, and on a day that is past. */
  onRecord?: (attribute: AttributeRead) => void
}

/** One table at every width: on a phone the source stands under the value. */
export function AttributeTable({ attributes, onRecord }: AttributeTableProps) {
  const caption = useId()
  const lots = new Set(attributes.flatMap(({ parcel_title }) => parcel_title ?? []))
  const headingOf = ({ parcel_title, group }: AttributeRead) =>
    [lots.size > 1 ? (parcel_title ?? 'The whole property') : '', group].filter(Boolean).join(': ')
  return (
    <div css={{ ...dense, 'tbody tr:last-of-type > *': { borderBottom: 0 } }}>
      <Table aria-labelledby={caption}>
        <caption id={caption} css={visuallyHidden}>
          What council knows
        </caption>
        <TableHead>
          <tr>
            <TableHeader scope="col">Attribute</TableHeader>
            <TableHeader scope="col">Value</TableHeader>
            <TableHeader scope="col" display={onlyOnADesk}>
              Source
            </TableHeader>
            <TableHeader scope="col" textAlign="right" display={onlyOnADesk}>
              As at
            </TableHeader>
            {onRecord ? (
              <TableHeader scope="col">
                <span css={visuallyHidden}>Record</span>
              </TableHeader>
            ) : null}
          </tr>
        </TableHead>
        <TableBody>
          {attributes.map((attribute, index) => {
            const heading = headingOf(attribute)
            const before = attributes[index - 1]
            return (
              <Fragment key={`${attribute.code} ${attribute.parcel_id ?? ''}`}>
                {heading && (!before || headingOf(before) !== heading) ? (
                  <GroupRow columns={onRecord ? 5 : 4}>{heading}</GroupRow>
                ) : null}
                <AttributeRow attribute={attribute} onRecord={onRecord} />
              </Fragment>
            )
          })}
        </TableBody>
      </Table>
    </div>
  )
}

const onlyOnADesk = { xs: 'none', md: 'table-cell' } as const

function GroupRow({ columns, children }: { columns: number; children: string }) {
  return (
    <tr>
      <th
        scope="colgroup"
        colSpan={columns}
        css={{
          padding: '0.5rem 1rem',
          background: colour.backgroundShade,
          borderBottom: `1px solid ${colour.borderMuted}`,
          fontSize: '0.8125rem',
          textAlign: 'left',
        }}
      >
        {children}
      </th>
    </tr>
  )
}

interface AttributeRowProps extends Pick<AttributeTableProps, 'onRecord'> {
  attribute: AttributeRead
}

function AttributeRow({ attribute, onRecord }: AttributeRowProps) {
  const { title, is_unknown, shown, detail, source, as_at_on, parcel_title } = attribute
  const act = is_unknown ? 'Record' : 'Change'
  return (
    <tr>
      <TableCell as="th" scope="row" fontWeight="normal" verticalAlign="middle">
        {title}
      </TableCell>
      <TableCell verticalAlign="middle">
        {is_unknown ? <Status word="Unknown" /> : <strong>{shown}</strong>}
        {detail ? <span className="detail">{detail}</span> : null}
        {source ? (
          <span css={onlyOnAPhone}>
            {[source, as_at_on && formatDate(as_at_on)].filter(Boolean).join(', ')}
          </span>
        ) : null}
      </TableCell>
      <TableCell display={onlyOnADesk} verticalAlign="middle">
        <span css={{ color: colour.foregroundMuted }}>{source ?? 'No source'}</span>
      </TableCell>
      <TableCell display={onlyOnADesk} textAlign="right" verticalAlign="middle">
        <span css={{ whiteSpace: 'nowrap', color: colour.foregroundMuted, ...tabularFigures }}>
          {as_at_on ? formatDate(as_at_on) : '–'}
        </span>
      </TableCell>
      {onRecord ? (
        <TableCell textAlign="right" verticalAlign="middle">
          <span css={{ '& button': { fontSize: '0.8125rem' } }}>
            <Button
              size="sm"
              variant="text"
              aria-label={`${act} ${title}${parcel_title ? ` of ${parcel_title}` : ''}`}
              onClick={() => {
                onRecord(attribute)
              }}
            >
              {act}
            </Button>
          </span>
        </TableCell>
      ) : null}
    </tr>
  )
}

const onlyOnAPhone = {
  display: 'none',
  [PHONE]: { display: 'block', color: colour.foregroundMuted, fontSize: '0.8125rem' },
} as const

import { Fragment } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { Table, TableBody, TableCell, TableHead, TableHeader } from '@ag.ds-next/react/table'
import {
  colour,
  dense,
  formatDate,
  PHONE,
  slimButtons,
  Status,
  tabularFigures,
  visuallyHidden,
} from '@banksia/kit'
import type { AttributeRead } from '../api'

interface AttributeTableProps {
  attributes: readonly AttributeRead[]
  /** Absent where nothing can be recorded: for others, and on a day that is past. */
  onRecord?: (attribute: AttributeRead) => void
}

/** One table at every width: on a phone the source stands under the value. */
export function AttributeTable({ attributes, onRecord }: AttributeTableProps) {
  const lots = new Set(attributes.flatMap(({ parcel_title }) => parcel_title ?? []))
  const headingOf = ({ parcel_title, group }: AttributeRead) =>
    [lots.size > 1 ? (parcel_title ?? 'The whole property') : '', group].filter(Boolean).join(': ')
  return (
    <div css={dense}>
      <Table aria-label="What council knows">
        <TableHead>
          <tr>
            <TableHeader scope="col">Attribute</TableHeader>
            <TableHeader scope="col">Value</TableHeader>
            <TableHeader scope="col" display={onlyOnADesk}>
              Source
            </TableHeader>
            <TableHeader scope="col" textAlign="right">
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
  return (
    <tr>
      <TableCell as="th" scope="row" fontWeight="normal">
        {title}
      </TableCell>
      <TableCell>
        {is_unknown ? <Status word="Unknown" /> : <strong>{shown}</strong>}
        {detail ? <span className="detail">{detail}</span> : null}
        <span
          className="detail"
          css={{ display: 'none !important', [PHONE]: { display: 'block !important' } }}
        >
          {source ?? ''}
        </span>
      </TableCell>
      <TableCell display={onlyOnADesk}>
        <span css={{ color: colour.foregroundMuted }}>{source ?? 'No source'}</span>
      </TableCell>
      <TableCell textAlign="right">
        <span css={{ whiteSpace: 'nowrap', color: colour.foregroundMuted, ...tabularFigures }}>
          {as_at_on ? formatDate(as_at_on) : '–'}
        </span>
      </TableCell>
      {onRecord ? (
        <TableCell textAlign="right">
          <span css={slimButtons}>
            <Button
              size="sm"
              variant="text"
              aria-label={`${is_unknown ? 'Record' : 'Change'} ${title}${parcel_title ? ` of ${parcel_title}` : ''}`}
              onClick={() => {
                onRecord(attribute)
              }}
            >
              {is_unknown ? 'Record' : 'Change'}
            </Button>
          </span>
        </TableCell>
      ) : null}
    </tr>
  )
}

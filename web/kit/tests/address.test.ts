import { expect, test } from 'vitest'
import { formatAddress } from '../format/address'

test.each([
  ['54 WILLIWA STREET PORTLAND', '54 Williwa Street Portland'],
  ["1B JAMES O'DONNELL DRIVE BOWENFELS", "1B James O'Donnell Drive Bowenfels"],
  ['UNIT 3, 31 MCKAY ROAD LITHGOW NSW 2790', 'Unit 3, 31 McKay Road Lithgow NSW 2790'],
  ['12 Rydal Road, Wallerawang', '12 Rydal Road, Wallerawang'],
])('%s', (written, shown) => {
  expect(formatAddress(written)).toBe(shown)
})

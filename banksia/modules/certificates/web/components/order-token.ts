// A guest's key to an order. It comes in a mail's link after the `#`, which no server's log sees, and stays in this tab.
const nameOf = (orderId: string) => `banksia.certificates.order.${orderId}`

export function keepOrderToken(orderId: string, token: string): void {
  sessionStorage.setItem(nameOf(orderId), token)
}

/** Take the key from the address, when it is there, and clear it from the address bar. */
export function takeOrderToken(orderId: string): void {
  const token = new URLSearchParams(location.hash.replace(/^#/, '')).get('token')
  if (!token) return
  keepOrderToken(orderId, token)
  history.replaceState(history.state, '', location.pathname + location.search)
}

/** The header that opens a guest's order; none for who is signed in. */
export function orderHeaders(orderId: string): { 'X-Order-Token'?: string } {
  const token = sessionStorage.getItem(nameOf(orderId))
  return token ? { 'X-Order-Token': token } : {}
}

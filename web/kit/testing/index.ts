// For tests alone: `@banksia/kit/testing`.
export { http, HttpResponse } from 'msw'
export { setWidth } from './media'
export { renderKit, renderPage } from './render'
export { customer, organisation, problem, server, signedIn, staff } from './server'

// The API reference at /api/docs: everything comes from this server, as the content security policy asks.
import 'swagger-ui-dist/swagger-ui.css'
import './api-docs.css'
import { csrfHeader } from '@banksia/kit/csrf'
import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js'

SwaggerUI({
  dom_id: '#api',
  url: '/api/openapi.json',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  // Otherwise every visit would ask a server of its makers whether our document is valid.
  validatorUrl: null,
  // "Try it out" works with the session of this browser, as our own pages do.
  requestInterceptor: (request) => {
    Object.assign(request.headers, csrfHeader(request.method ?? 'GET'))
    return request
  },
})

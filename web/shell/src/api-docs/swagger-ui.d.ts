// The package brings no types; these are the options that we use.
declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  interface SentRequest {
    url: string
    method?: string
    headers: Record<string, string>
  }

  interface Options {
    dom_id: string
    url: string
    deepLinking?: boolean
    docExpansion?: 'list' | 'full' | 'none'
    filter?: boolean
    validatorUrl?: string | null
    requestInterceptor?: (request: SentRequest) => SentRequest
  }

  export default function SwaggerUI(options: Options): unknown
}

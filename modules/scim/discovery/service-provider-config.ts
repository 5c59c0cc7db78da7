/** One entry of `authenticationSchemes` (RFC 7643 §5). */
export interface AuthenticationScheme {
  readonly type: 'oauth' | 'oauth2' | 'oauthbearertoken' | 'httpbasic' | 'httpdigest';
  readonly name: string;
  readonly description: string;
  readonly specUri?: string;
  readonly documentationUri?: string;
  readonly primary?: boolean;
}

/** What this service provider can do (RFC 7643 §5). Every figure announced here is enforced. */
export interface ServiceProviderConfig {
  readonly documentationUri?: string;
  readonly patch: { readonly supported: boolean };
  readonly bulk: { readonly supported: boolean; readonly maxOperations: number; readonly maxPayloadSize: number };
  readonly filter: { readonly supported: boolean; readonly maxResults: number };
  readonly changePassword: { readonly supported: boolean };
  readonly sort: { readonly supported: boolean };
  readonly etag: { readonly supported: boolean };
  readonly authenticationSchemes: readonly AuthenticationScheme[];
  /** RFC 9865 §4. */
  readonly pagination?: {
    readonly cursor: boolean;
    readonly index: boolean;
    readonly defaultPaginationMethod?: 'cursor' | 'index';
    readonly defaultPageSize?: number;
    readonly maxPageSize?: number;
    readonly cursorTimeout?: number;
  };
}

/** The limits of the router that are announced. */
export interface AnnouncedLimits {
  readonly maxCount: number;
  readonly defaultCount: number;
  readonly cursorTimeout: number;
  readonly bulkOperations: number;
  readonly bulkBytes: number;
}

/** What is announced unless options say otherwise. The figures are those of the router's limits. */
export function describeService(
  limits: AnnouncedLimits,
  given: Partial<ServiceProviderConfig> = {},
): ServiceProviderConfig {
  return {
    patch: { supported: true },
    bulk: { supported: true, maxOperations: limits.bulkOperations, maxPayloadSize: limits.bulkBytes },
    filter: { supported: true, maxResults: limits.maxCount },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'A token of the connection, sent as "Authorization: Bearer <token>".',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: limits.defaultCount,
      maxPageSize: limits.maxCount,
      cursorTimeout: limits.cursorTimeout,
    },
    ...given,
  };
}

import type { Visit } from '../../../admin/index.ts';
import type { RecordLinks } from '../record-links.ts';

/** Addresses of what records are about, for those who may see them. */
export interface Links {
  customer(id: number): string | undefined;
  application(code: string): string | undefined;
}

export function linksFor(visit: Pick<Visit, 'may'>, known: readonly RecordLinks[]): Links {
  const allowed = known.filter(({ acl }) => visit.may(acl));
  const first = (of: (links: RecordLinks) => string | undefined): string | undefined =>
    allowed.map(of).find((href) => href !== undefined);
  return {
    customer: (id) => first((links) => links.customer?.(id)),
    // A number stands where nobody knows the connection's code any more.
    application: (code) => (code.startsWith('#') ? undefined : first((links) => links.application?.(code))),
  };
}

import { Badge } from '../../admin/index.ts';
import type { CustomerAttribute } from '../attributes/attribute.ts';
import type { CustomerState } from '../customer.ts';
import type { CustomerOwner } from './extension-points.ts';

/** Shown elsewhere on the page, or of no use to people. */
const aside: ReadonlySet<string> = new Set([
  'entity_id',
  'email',
  'website_id',
  'store_id',
  'group_id',
  'created_at',
  'updated_at',
  'is_active',
  'failures_num',
  'first_failure',
  'lock_expires',
  'confirmation',
  'disable_auto_group_change',
  'default_billing',
  'default_shipping',
  'session_cutoff',
  'rp_token_created_at',
]);

/** Every attribute with a value, and those that somebody else owns with their owner. */
export function AttributeTable({
  customer: { attributes },
  known,
  owner,
}: {
  customer: CustomerState;
  known: readonly CustomerAttribute[];
  owner: CustomerOwner | undefined;
}) {
  const described = new Map(known.map((attribute) => [attribute.code, attribute]));
  const rows = Object.entries(attributes)
    .filter(([code, value]) => !aside.has(code) && (owner?.owns.has(code) || (value !== null && value !== '')))
    .map(([code, value]) => {
      const attribute = described.get(code);
      const option = attribute?.options.find(({ id }) => id === value);
      return { code, label: attribute?.label || code, value: option?.label ?? value };
    });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="grid-scroll plain-table" tabIndex={0} aria-label="Attributes">
      <table>
        <thead>
          <tr>
            <th scope="col">Attribute</th>
            <th scope="col">Value</th>
            <th scope="col">Owned by</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, label, value }) => (
            <tr key={code}>
              <th scope="row">
                {label} {label !== code && <code class="muted">{code}</code>}
              </th>
              <td>{value === null ? <span class="muted">–</span> : <span class="value">{String(value)}</span>}</td>
              <td>
                {owner?.owns.has(code) ? <Badge tone="info">{owner.name}</Badge> : <span class="muted">the store</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

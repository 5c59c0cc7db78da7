import { Card, LinkButton } from '../../../admin/index.ts';
import type { CustomerAddress } from '../../customer.ts';
import { addressLines } from './lines.ts';

/** The addresses of a customer, with what can be done to them. */
export function AddressList({
  addresses,
  href,
  edits,
}: {
  addresses: readonly CustomerAddress[];
  href: string;
  edits: boolean;
}) {
  return (
    <Card
      title="Addresses"
      aside={
        edits && (
          <LinkButton href={`${href}/addresses/new`} look="quiet">
            Add Address
          </LinkButton>
        )
      }
    >
      {addresses.length === 0 ? (
        <p class="muted">None.</p>
      ) : (
        <ul class="addresses">
          {addresses.map(({ id, attributes, defaultBilling, defaultShipping }) => (
            <li key={id}>
              <p class="muted">
                {[defaultBilling && 'Default billing', defaultShipping && 'Default shipping']
                  .filter(Boolean)
                  .join(', ') || 'Address'}
              </p>
              <address>
                {addressLines(attributes).map((line) => (
                  <span key={line}>{line}</span>
                ))}
              </address>
              {edits && (
                <p class="address-actions">
                  <a href={`${href}/addresses/${id}`}>
                    Edit<span class="visually-hidden"> the address {addressLines(attributes).join(', ')}</span>
                  </a>{' '}
                  <a href={`${href}/addresses/${id}/delete`}>
                    Delete …<span class="visually-hidden"> the address {addressLines(attributes).join(', ')}</span>
                  </a>
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

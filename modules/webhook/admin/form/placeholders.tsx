import { page, screen } from '../../../admin/index.ts';
import { placeholdersIn } from '../../subscription/placeholder.ts';
import { Warning } from '../warning.tsx';

const partPath = '/admin/webhooks/placeholders';

interface Typed {
  readonly destination: string;
  readonly fillsPlaceholders: boolean;
}

const braced = (names: readonly { readonly name: string }[]): string =>
  names.map(({ name }) => `{${name}}`).join(' and ');

/** What an address says in braces, and the choice of what becomes of it; nothing where it says nothing. */
function Found({ destination, fillsPlaceholders }: Typed) {
  const found = placeholdersIn(destination);
  if (found.length === 0) return null;
  const known = found.filter(({ filled }) => filled !== undefined);
  const unknown = found.filter(({ filled }) => filled === undefined);
  return (
    <>
      <Warning>
        <p>
          <strong>{braced(found)}</strong> {found.length === 1 ? 'is' : 'are'} still in the address.{' '}
          {found.some(({ name }) => name === 'customerId') &&
            'In miniOrange’s it means the number of your account there: type that in its place.'}
        </p>
        {unknown.length > 0 && <p>Nobody here can fill in {braced(unknown)}: it is sent as it stands.</p>}
      </Warning>
      {known.length > 0 && (
        <div class="choices">
          <label class="check">
            <input type="radio" name="placeholders" value="keep" checked={!fillsPlaceholders} />
            <span>Send the address as it stands</span>
          </label>
          <label class="check">
            <input type="radio" name="placeholders" value="fill" checked={fillsPlaceholders} />
            <span>
              Fill in at each delivery
              <small>{known.map(({ name, filled }) => `{${name}} becomes ${filled}`).join('; ')}</small>
            </span>
          </label>
        </div>
      )}
    </>
  );
}

/** Stands below the address; with scripts it follows what is typed. */
export function Placeholders(typed: Typed) {
  return (
    <div
      id="placeholders"
      hx-get={partPath}
      hx-trigger="input delay:300ms from:#field-destination"
      hx-include="#field-destination, [name=placeholders]:checked"
      hx-target="#placeholders"
      hx-select="#placeholders"
      hx-swap="outerHTML"
    >
      <Found {...typed} />
    </div>
  );
}

/** What an address that is being typed says in braces. */
export const placeholdersPart = page(partPath, {
  acl: 'webhook::manage',
  view: ({ query }) =>
    screen({
      title: 'Placeholders of an Address',
      body: (
        <Placeholders
          destination={query.get('destination') ?? ''}
          fillsPlaceholders={query.get('placeholders') === 'fill'}
        />
      ),
    }),
});

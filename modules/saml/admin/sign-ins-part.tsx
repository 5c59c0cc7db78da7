import type { ReportedActivity } from '../../activity/index.ts';
import { Badge, Card, Empty, Moment, type Tone } from '../../admin/index.ts';
import type { Connection } from '../../connection/index.ts';
import type { Disagreement, DisagreementKind, DisagreementPage } from '../identity/agreement.ts';

const tones: Readonly<Record<string, Tone>> = { done: 'good', unchanged: 'neutral', refused: 'warn', failed: 'bad' };

const wordOf = ({ operation, outcome }: ReportedActivity): string => {
  if (outcome === 'failed') return 'Failed';
  if (outcome === 'refused') return 'Refused';
  return operation === 'sign-out' ? 'Logged out' : 'Logged in';
};

function History({
  connection,
  items,
  more,
}: {
  connection: Connection;
  items: readonly ReportedActivity[];
  more: boolean;
}) {
  const report = `/admin/connections/${connection.code}/activity?action=sign-in%2Csign-out`;
  return (
    <Card title="Sign-ins" aside={<a href={report}>All in Activity</a>}>
      {items.length === 0 ? (
        <Empty title="Nobody has logged in yet" icon="person">
          Every login is told here, those that are refused with the reason.
        </Empty>
      ) : (
        <ul class="arrivals">
          {items.map((item) => (
            <li key={item.id}>
              <Badge tone={tones[item.outcome] ?? 'neutral'}>{wordOf(item)}</Badge>
              <div>
                {item.customerId === undefined ? (
                  <span>{item.subject ?? 'Nobody who could be told'}</span>
                ) : (
                  <a href={`/admin/customers/${item.customerId}`}>{item.subject ?? `Customer ${item.customerId}`}</a>
                )}
                {item.reason && <p class="arrival-reason">{item.reason}</p>}
                {item.notes?.map((note) => (
                  <p key={note} class="muted">
                    {note}
                  </p>
                ))}
              </div>
              <small class="muted">
                <Moment at={item.at} />
              </small>
            </li>
          ))}
        </ul>
      )}
      {more && <a href={report}>Earlier ones</a>}
    </Card>
  );
}

const kinds: Readonly<Record<DisagreementKind, readonly [what: string, cure: string]>> = {
  'user-name': ['The user names differ', 'Let the identity provider send the same attribute by both.'],
  email: ['The addresses differ', 'Let the identity provider send the same attribute by both.'],
  'external-id': ['The external ids differ', 'Send the same attribute as externalId by both, or by SCIM alone.'],
  identifier: [
    'The identifier is nothing that SCIM knows',
    'Choose a NameID, or an identifying attribute, that is the userName or externalId of SCIM.',
  ],
  'other-user': ['The identifier means another user of SCIM', 'Look who is right, and let the other be linked anew.'],
  several: ['Several identifiers log in as one user', 'Harmless after a rename; else look who the second one is.'],
};

function Row({ row }: { row: Disagreement }) {
  const [what, cure] = kinds[row.kind];
  return (
    <li>
      <Badge tone={row.kind === 'other-user' ? 'bad' : 'warn'}>{what}</Badge>
      <div>
        <a href={`/admin/customers/${row.customerId}`}>{row.identifier}</a>: SCIM says{' '}
        <span class="code">{row.scim === '' ? '–' : row.scim}</span>, SAML{' '}
        <span class="code">{row.saml === '' ? '–' : row.saml}</span>
        <p class="muted">{cure}</p>
      </div>
      <small class="muted">
        <Moment at={row.lastSignInAt} />
      </small>
    </li>
  );
}

function Agreement({ connection, page }: { connection: Connection; page: DisagreementPage }) {
  const { rows, seen, next } = page;
  return (
    <Card title="Do SAML and SCIM agree?">
      {rows.length > 0 ? (
        <ul class="arrivals">
          {rows.map((row) => (
            <Row key={`${row.identifier}${row.kind}`} row={row} />
          ))}
        </ul>
      ) : (
        <p class="muted">
          {seen === 0
            ? 'Nobody has logged in yet; then both sides are compared here.'
            : 'What both say of the people who have logged in is the same.'}
        </p>
      )}
      {next && (
        <p class="muted">
          The first {seen} people were compared; <code>saml:agreement --connection {connection.code}</code> compares
          all.
        </p>
      )}
    </Card>
  );
}

/** The part "Sign-ins": who came, and whether both protocols mean the same people. */
export function SignInsPart(given: {
  connection: Connection;
  items: readonly ReportedActivity[];
  more: boolean;
  agreement: DisagreementPage;
}) {
  return (
    <div class="two-columns">
      <History connection={given.connection} items={given.items} more={given.more} />
      <Agreement connection={given.connection} page={given.agreement} />
    </div>
  );
}

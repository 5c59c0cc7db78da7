import { Badge, Card, CodeBlock, DefinitionList, Empty, LinkButton, Moment, Notice } from '../../admin/index.ts';
import type { Preview } from '../../provisioning/index.ts';
import type { ShownAssertion, ShownClaims, TestLogin } from '../test-login/test-login.ts';
import { tabPath } from './back.ts';
import { ClaimsTable } from './claims-table.tsx';
import { shownFingerprint } from './expiry.tsx';
import type { WouldBe } from './would-be.ts';

function AssertionCard({ assertion }: { assertion: ShownAssertion }) {
  const { nameId, attributes } = assertion;
  return (
    <Card title="Assertion" aside={<Badge tone="good">Verified</Badge>}>
      <DefinitionList
        items={[
          ['NameID', <span key="name" class="code">{`${nameId.value}`}</span>],
          ['Format', nameId.format],
          ['Issuer', assertion.issuer],
          ['Signed by', <span key="by" class="code">{`${shownFingerprint(assertion.signedBy).slice(0, 47)}…`}</span>],
          ['Encrypted', assertion.encrypted ? 'Yes' : 'No'],
          ['Logged in there', <Moment key="at" at={assertion.authnInstant} />],
          ['Good until', <Moment key="until" at={assertion.notOnOrAfter} />],
        ]}
      />
      {attributes.length === 0 ? (
        <Empty title="It has no attributes">
          The identity provider sends the NameID alone. Add attributes to its application, at least an e-mail address
          and names.
        </Empty>
      ) : (
        <ClaimsTable label="Attributes" heads={['Attribute', 'Values']}>
          {attributes.map(([name, values]) => (
            <tr key={name}>
              <td class="code">{name}</td>
              <td>{values.join(', ')}</td>
            </tr>
          ))}
        </ClaimsTable>
      )}
      <details class="more">
        <summary>The assertion as it was signed</summary>
        <CodeBlock id="assertion-xml" label="Assertion">
          {assertion.xml}
        </CodeBlock>
      </details>
    </Card>
  );
}

function ClaimsCard({ code, mapped, problem }: { code: string; mapped: ShownClaims | undefined; problem?: string }) {
  return (
    <Card title="What the claims make of it" aside={<a href={tabPath(code, 'claims')}>Claims</a>}>
      {problem !== undefined && (
        <Notice kind="problem">
          <p>{problem}</p>
        </Notice>
      )}
      {mapped && (
        <>
          <DefinitionList
            items={[
              [
                'Identifier',
                <span key="id" class="code">
                  {mapped.identifier}
                </span>,
              ],
              ['Groups', mapped.groups === undefined ? 'none are taken (Groups Attribute)' : mapped.groups.join(', ')],
              ['Taken by no row', mapped.unmapped.join(', ')],
            ]}
          />
          {mapped.issues.length > 0 && (
            <ul class="missing">
              {mapped.issues.map((issue) => (
                <li key={issue}>{issue}</li>
              ))}
            </ul>
          )}
          <CodeBlock id="scim-user" label="User">
            {JSON.stringify(mapped.document, null, 2)}
          </CodeBlock>
        </>
      )}
    </Card>
  );
}

const shown = (value: unknown): string => (value === null || value === undefined || value === '' ? '–' : String(value));

/** Values of a row that come to something, `address.` before those of the address. */
const valuesOf = ({ customer, address }: Preview): readonly (readonly [string, unknown])[] =>
  [
    ...Object.entries(customer ?? {}),
    ...Object.entries(address ?? {}).map(([name, value]) => [`address.${name}`, value] as const),
  ].filter(([, value]) => value !== null && value !== '');

function CustomerCard({ would }: { would: WouldBe }) {
  const { preview, words } = would;
  return (
    <Card title="The customer that would come of it">
      <p>{words}</p>
      {preview && preview.issues.length > 0 && (
        <ul class="missing">
          {preview.issues.map(({ code, message, cure }) => (
            <li key={`${code}${message}`}>
              {message} {cure}
            </li>
          ))}
        </ul>
      )}
      {preview && <DefinitionList items={valuesOf(preview).map(([name, value]) => [name, shown(value)] as const)} />}
      {preview && preview.present !== null && (
        <>
          <h3>What would change</h3>
          {preview.difference.length === 0 ? (
            <p class="muted">Nothing.</p>
          ) : (
            <ul class="plain-list">
              {preview.difference.map(({ target, before, after }) => (
                <li key={target}>
                  <span class="code">{target}</span>: <del>{shown(before)}</del> → <ins>{shown(after)}</ins>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Card>
  );
}

/** What a test login came to. */
export function TestResult({ code, test, would }: { code: string; test: TestLogin; would: WouldBe | undefined }) {
  const again = (
    <div class="button-row">
      <LinkButton href={tabPath(code)} look="primary">
        Back to SAML SSO
      </LinkButton>
    </div>
  );
  if (test.state === 'waiting')
    return (
      <Card title="Nothing has come back yet">
        <p>
          Finish the login at the identity provider in this browser; it then leads here. If it shows an error instead,
          compare the values of SAML SSO with what stands in its console.
        </p>
        {again}
      </Card>
    );
  if (test.state === 'refused')
    return (
      <Card title="The login was refused" aside={<Badge tone="bad">{test.code}</Badge>}>
        <p>{test.message}</p>
        {test.point !== undefined && <p class="muted">It was refused by point {test.point} of the guard's fourteen.</p>}
        {again}
      </Card>
    );
  return (
    <>
      <Notice kind="done">
        <p>
          <strong>The login works.</strong> Nobody was logged in and nothing was changed. What is shown here is
          forgotten within ten minutes.
        </p>
      </Notice>
      <div class="two-columns">
        <AssertionCard assertion={test.assertion} />
        <div class="column">
          <ClaimsCard
            code={code}
            mapped={test.mapped}
            {...(test.problem === undefined ? {} : { problem: test.problem })}
          />
          {would && <CustomerCard would={would} />}
        </div>
      </div>
    </>
  );
}

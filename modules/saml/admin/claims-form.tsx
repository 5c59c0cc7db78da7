import { ActionButton, Button, Card, Form, FormButtons, Notice, usePage } from '../../admin/index.ts';
import type { Connection } from '../../connection/index.ts';
import { type BuiltInClaim, builtInClaims } from '../claims/claim-table.ts';
import type { ClaimIssue } from '../claims/row.ts';
import type { ClaimRow } from '../provider/provider.ts';
import { ClaimsTable } from './claims-table.tsx';

/** Empty rows below those that are there: without scripts, more come with each save. */
const spare = 4;

/** The rows as the form sent them, without empty ones. */
export function sentClaims(form: URLSearchParams): readonly ClaimRow[] {
  const paths = form.getAll('path');
  return form
    .getAll('claim')
    .map((claim, at) => ({ claim: claim.trim(), path: paths[at]?.trim() ?? '' }))
    .filter(({ claim, path }) => claim !== '' || path !== '');
}

/** The built-in table as rows of one's own, each by the name that its kind of provider most likely sends. */
export const asRows = (claims: readonly BuiltInClaim[]): readonly ClaimRow[] =>
  claims.flatMap(({ path, claims: [claim] }) => (claim === undefined ? [] : [{ claim, path }]));

function BuiltIn({ connection }: { connection: Connection }) {
  return (
    <ClaimsTable
      label="Claims"
      heads={['Attribute in the assertion: the first of these that comes', 'Attribute of the user']}
    >
      {builtInClaims(connection.profile).map(({ path, claims }) => (
        <tr key={path}>
          <td class="code">{claims.join(', ')}</td>
          <td class="code">{path}</td>
        </tr>
      ))}
    </ClaimsTable>
  );
}

/** The table that turns an assertion's attributes into a user, which then goes through Attribute Mapping. */
export function ClaimsPart(given: {
  connection: Connection;
  rows: readonly ClaimRow[];
  issues: readonly ClaimIssue[];
}) {
  const { connection, rows, issues } = given;
  const { visit } = usePage();
  const may = visit.may('saml::manage');
  const at = `/admin/connections/${connection.code}/saml/claims`;
  const shown = [...rows, ...Array.from({ length: may ? spare : 0 }, () => ({ claim: '', path: '' }))];
  const explained = (
    <p>
      An assertion's attributes become a user as SCIM has it, and that goes through{' '}
      <a href={`/admin/connections/${connection.code}/mapping`}>Attribute Mapping</a> like any other.
    </p>
  );
  if (rows.length === 0)
    return (
      <Card title="Claims">
        {explained}
        <p>
          The built-in table knows the names that identity providers send. With a table of your own, that alone counts.
        </p>
        {may && (
          <div class="button-row">
            <ActionButton action={`${at}/own`}>Make a Table of Your Own</ActionButton>
          </div>
        )}
        <BuiltIn connection={connection} />
      </Card>
    );
  return (
    <Card title="Claims">
      {explained}
      {issues.length > 0 && (
        <Notice kind="problem">
          <p>
            <strong>Nothing was saved.</strong> {issues.length === 1 ? 'A row is' : `${issues.length} rows are`} to be
            corrected.
          </p>
        </Notice>
      )}
      <Form action={at} id="claims-form" label="Claims">
        <ClaimsTable label="Claims" heads={['Attribute in the assertion', 'Attribute of the user']}>
          {shown.map(({ claim, path }, row) => {
            const wrong = issues.filter((issue) => issue.row === row);
            return (
              <tr key={row}>
                <td>
                  <input
                    name="claim"
                    class="code"
                    value={claim}
                    placeholder="attribute of the assertion"
                    aria-label={`Attribute of row ${row + 1}`}
                    readOnly={!may}
                    spellcheck={false}
                  />
                </td>
                <td>
                  <input
                    name="path"
                    class="code"
                    value={path}
                    placeholder="attribute of the user"
                    aria-label={`User attribute of row ${row + 1}`}
                    aria-invalid={wrong.length > 0 ? 'true' : undefined}
                    readOnly={!may}
                    spellcheck={false}
                  />
                  {wrong.map(({ message }) => (
                    <p key={message} class="field-error">
                      {message}
                    </p>
                  ))}
                </td>
              </tr>
            );
          })}
        </ClaimsTable>
        <p class="field-help">
          <span class="code">NameID</span> is the name of the person itself. An emptied row goes; four empty ones stand
          below for more.
        </p>
        {may && (
          <FormButtons>
            <Button look="primary">Save Config</Button>
          </FormButtons>
        )}
      </Form>
      {may && (
        <div class="button-row">
          <ActionButton action={`${at}/built-in`}>Go Back to the Built-In Table</ActionButton>
        </div>
      )}
    </Card>
  );
}

import { expect } from 'chai';
import { curlOf, shellVariables } from '../../modules/api-docs/curl/curl.ts';
import type { Endpoint } from '../../modules/api-docs/index.ts';
import { postmanCollection } from '../../modules/api-docs/postman/collection.ts';
import { answer, json, type SecurityScheme, variable } from '../../modules/framework/index.ts';

const key: SecurityScheme = {
  name: 'key',
  variable: 'KEY',
  description: 'A key.',
  scheme: { type: 'apiKey', in: 'header', name: 'X-Key' },
};

const endpoint: Endpoint = {
  id: 'put-tickets-number',
  module: 'ticket-desk',
  tag: 'Tickets',
  method: 'PUT',
  path: '/tickets/{number}',
  operation: { summary: 'Change a ticket', answers: { 200: answer('It was changed.', json.record) } },
  parameters: [
    { name: 'number', in: 'path', schema: json.text },
    { name: 'owner:in', in: 'query', schema: { type: 'string', examples: ['$OWNER_ID'] } },
    { name: 'text', in: 'query', schema: { type: 'string', examples: ['a "b" & c'] } },
    { name: 'unsaid', in: 'query', schema: json.text },
  ],
  body: {
    schema: json.record,
    example: { title: "Ann's", owner: variable('OWNER_ID', 42), note: variable('NOTE', 'text') },
  },
  security: [key],
  acl: undefined,
  fresh: false,
  forBrowsers: false,
};

describe('A line for the shell', () => {
  it('quotes what the shell would read, and leaves variables to it', () => {
    expect(curlOf(endpoint)).to.equal(
      `curl -sS -X PUT "$BASE_URL/tickets/$TICKET_NUMBER?owner:in=$OWNER_ID&text=a%20%22b%22%20%26%20c" \\
  -H "X-Key: $KEY" \\
  -H 'Content-Type: application/json' \\
  --data '{"title":"Ann'\\''s","owner":'"$OWNER_ID"',"note":"'"$NOTE"'"}'`,
    );
  });

  it('names every variable that it needs', () => {
    expect(shellVariables(endpoint)).to.have.members(['BASE_URL', 'KEY', 'TICKET_NUMBER', 'OWNER_ID', 'NOTE']);
  });

  it('says the same as a request of Postman, with Postman’s variables', () => {
    const [folder] = postmanCollection([endpoint], 'https://desk.example').item as readonly {
      item: readonly { request: { url: { raw: string; query: readonly object[] }; body: { raw: string } } }[];
    }[];
    const request = folder?.item[0]?.request;
    expect(request?.url.raw).to.match(/^\{\{BASE_URL\}\}\/tickets\/\{\{TICKET_NUMBER\}\}\?owner:in=\{\{OWNER_ID\}\}/);
    expect(request?.url.query[2]).to.deep.equal({ key: 'unsaid', value: '', disabled: true });
    expect(request?.body.raw).to.contain('"owner": {{OWNER_ID}}').and.to.contain('"note": "{{NOTE}}"');
  });
});

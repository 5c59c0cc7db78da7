import { Environment, route } from '../../framework/index.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const commands = [
  ['connection:create', 'connect an identity provider; prints its base URL and token'],
  ['connection:list', 'see the connections'],
  ['token:rotate', 'give a connection a new token while the old one keeps working'],
  ['customer:show', 'see a customer as the store holds it'],
  ['config:show --origin', 'see the configuration and where each value comes from'],
] as const;

const page = (baseUrl: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vestibule</title>
<h1>Vestibule</h1>
<p>This version is administered on the command line; there is nothing to log in to here yet.</p>
<p>SCIM Base URL: <code>${escaped(`${baseUrl}/scim/v2`)}</code></p>
<table>
<thead><tr><th scope="col">Command</th><th scope="col">What it does</th></tr></thead>
<tbody>
${commands.map(([name, says]) => `<tr><td><code>npm run -s cli -- ${name}</code></td><td>${says}</td></tr>`).join('\n')}
</tbody>
</table>
</html>
`;

/** Where a browser arrives: says how this version is administered. Tells nothing that is secret. */
export const arrival = route('GET /admin', {
  public: 'it shows the SCIM base URL and the names of commands, nothing of the store',
  inject: { environment: Environment },
  handle(_request, response, { environment }) {
    response.type('html').set('Cache-Control', 'no-store').send(page(environment.baseUrl));
  },
});

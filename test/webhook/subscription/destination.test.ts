import { expect } from 'chai';
import { readDestination } from '../../../modules/webhook/subscription/destination.ts';
import { WebhookError } from '../../../modules/webhook/webhook-error.ts';

describe('The destination of a webhook', () => {
  for (const good of [
    'https://hooks.example.com/in',
    'https://hooks.example.com:8443/in?a=b',
    'https://hooks.example.com/sync/{customerId}?scope={scope}',
    'https://8.8.8.8/in',
    'http://127.0.0.1:9090/in',
    'https://intranet:9443/',
  ])
    it(`may be ${good}`, () =>
      expect(readDestination(`  ${good} `, ['127.0.0.1:9090', 'intranet:9443'])).to.equal(good));

  for (const [bad, why] of [
    ['', /is missing/],
    ['hooks.example.com', /no URL/],
    ['http://hooks.example.com/', /plain http/],
    ['ftp://hooks.example.com/', /begins with "ftp:"/],
    ['https://hooks.example.com:9000/', /port 9000/],
    ['https://user:pw@hooks.example.com/', /user name or password/],
    ['https://127.0.0.1/', /not on the public internet.*webhook\/security\/allowed_hosts/],
    ['https://127.1/', /not on the public internet/],
    ['https://0x7f000001/', /not on the public internet/],
    ['https://[::1]/', /not on the public internet/],
    ['https://169.254.169.254/latest', /not on the public internet/],
    ['http://127.0.0.1:9091/in', /plain http/],
    ['https://{storeHash}.example.com/', /behind the host/],
    ['https://hooks.example.com{x}/', /behind the host/],
    ['https:\\\\{x}/', /behind the host/],
    ['https://{x}@hooks.example.com/', /behind the host/],
    ['{scheme}://hooks.example.com/', /no URL/],
    ['https://hooks.example.com/a#b', /"#"/],
    ['https://hooks.example.com/a b', /blanks/],
    ['https://hooks.example.com/a\nb', /blanks/],
    ['https://localhost/', /no name of a host on the internet/],
    [`https://hooks.example.com/${'x'.repeat(1_900)}`, /at most 1900/],
  ] as const)
    it(`may not be ${JSON.stringify(bad.slice(0, 50))}`, () => {
      expect(() => readDestination(bad, ['127.0.0.1:9090']))
        .to.throw(WebhookError, why)
        .that.includes({ code: 'WEBHOOK_INVALID', field: 'destination' });
    });
});

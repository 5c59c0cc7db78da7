import { expect } from 'chai';
import fc from 'fast-check';
import { readHeaders } from '../../../modules/webhook/subscription/headers.ts';
import { WebhookError } from '../../../modules/webhook/webhook-error.ts';

const refused = (headers: Record<string, string>): WebhookError => {
  try {
    readHeaders(headers);
  } catch (error) {
    if (error instanceof WebhookError) return error;
    throw error;
  }
  return expect.fail(`${JSON.stringify(headers)} was not refused`);
};

/** Controls, ASCII and some of what is beyond it. */
const character = fc.integer({ min: 0, max: 0x17f }).map((code) => String.fromCharCode(code));

describe('Headers of a webhook', () => {
  it('are kept as they were typed, blanks around them aside', () => {
    expect(readHeaders({ ' app-secret ': ' a b\tc ', Authorization: 'Bearer x', 'X-1_!': '~' })).to.deep.equal({
      'app-secret': 'a b\tc',
      Authorization: 'Bearer x',
      'X-1_!': '~',
    });
  });

  for (const name of [
    'Host',
    'content-type',
    'Content-Length',
    'Webhook-Signature',
    'webhook-id',
    'Cookie',
    'set-cookie',
    'Connection',
    'Transfer-Encoding',
    'TE',
    'Upgrade',
    'proxy-authorization',
    'Keep-Alive',
  ])
    it(`do not set ${name}`, () => {
      const error = refused({ ok: '1', [name]: 'secret-value' });
      expect(error).to.include({ code: 'WEBHOOK_INVALID', field: 'headers', header: name });
      expect(error.message).to.not.include('secret-value');
    });

  for (const name of ['', 'a b', 'a:b', 'a\r\nb', 'ä', 'x'.repeat(129), 'a(b)'])
    it(`are not called ${JSON.stringify(name.slice(0, 20))}`, () => {
      expect(refused({ [name]: 'secret-value' }).message)
        .to.include('no name of a header')
        .and.not.include('secret-value');
    });

  for (const value of ['', '  ', 'a\r\nInjected: 1', 'a\nb', 'a\0b', 'ü', 'x'.repeat(2_049)])
    it(`do not hold ${JSON.stringify(value.slice(0, 20))}`, () => {
      const error = refused({ 'app-secret': value });
      expect(error.header).to.equal('app-secret');
      if (value.trim() !== '') expect(error.message).to.not.include(value);
    });

  it('are not there twice, whatever the case', () => {
    expect(refused({ 'app-secret': 'a', 'App-Secret': 'b' }).message).to.include('twice');
  });

  it('are twenty at most', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`x-${n}`, 'v']));
    expect(Object.keys(readHeaders(many(20)))).to.have.lengthOf(20);
    expect(refused(many(21)).message).to.include('at most 20');
  });

  it('never let a line break or another control through, whatever is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constant('app-secret'), fc.string()), fc.string({ unit: character }), (name, value) => {
        try {
          for (const [read, text] of Object.entries(readHeaders({ [name]: value })))
            expect(`${read}: ${text}`).to.match(/^[!-9;-~]+: [\t -~]+$/);
        } catch (error) {
          expect(error).to.be.instanceOf(WebhookError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

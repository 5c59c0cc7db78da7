import { expect } from 'chai';
import { shownHeaders, signedRequest } from '../../../../modules/webhook/delivery/attempt/request.ts';
import { signatureOf } from '../../../../modules/webhook/delivery/attempt/signature.ts';

/** The reference vector of Standard Webhooks' libraries. */
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' };
const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

describe('A signature', () => {
  it('is that of the reference vector of Standard Webhooks', () => {
    expect(signatureOf(message, [secret])).to.equal(signature);
    expect(signatureOf(message, [secret.slice('whsec_'.length)])).to.equal(signature);
  });

  it('is there once for each secret, in their order, with a blank between', () => {
    const other = signatureOf(message, ['whsec_AAAA']);
    expect(signatureOf(message, ['whsec_AAAA', secret]))
      .to.equal(`${other} ${signature}`)
      .and.not.equal(`${signature} ${signature}`);
  });

  it('stands in headers that those of a subscription do not take the place of', () => {
    const secrets = { headers: { 'app-secret': 's3cret', 'webhook-id': 'mine' }, secrets: [secret] };
    const { id, body } = message;
    const request = signedRequest({ id, body, url: 'https://x.example/', nowMs: 1614265330_999 }, secrets);
    expect(request.headers).to.include({
      'webhook-id': id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': signature,
    });
    expect(request.headers).to.include({ 'app-secret': 's3cret', 'Content-Type': 'application/json' });
    expect(shownHeaders(request, { 'app-secret': 's3cret' })).to.deep.equal({
      ...request.headers,
      'app-secret': '••••••',
    });
  });
});

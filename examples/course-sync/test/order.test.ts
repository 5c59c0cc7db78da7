import { expect } from 'chai';
import { isSecret, signatureOf, signatureProblem } from '../lms/standard-webhooks.ts';
import { orderEventIn, standingSkus } from '../order/order-event.ts';
import { storeOrder } from '../order/store-order.ts';

const event = {
  order: '100000012',
  at: '2026-11-22T10:30:00Z',
  customerId: 42,
  items: [
    { sku: 'A', paid: true },
    { sku: 'B', paid: false },
    { sku: 'A', paid: false },
  ],
};
const read = (change: object = {}) => orderEventIn(Buffer.from(JSON.stringify({ ...event, ...change })));

describe('Orders of the course sync', () => {
  it('are read from an event, and stand item by item', () => {
    const { order, at, customer, items } = read();
    expect({ order, at: at.toISOString(), customer }).to.deep.equal({
      order: '100000012',
      at: '2026-11-22T10:30:00.000Z',
      customer: { id: 42 },
    });
    expect(standingSkus(items)).to.deep.equal(['A']);
    expect(read({ customerId: undefined, email: ' a@b.example ' }).customer).to.deep.equal({
      email: 'a@b.example',
      website: undefined,
    });
  });

  it('name the member that is wrong', () => {
    const wrong: readonly (readonly [object, string])[] = [
      [{ order: '' }, '"order"'],
      [{ order: 'x'.repeat(65) }, '"order"'],
      [{ at: 'yesterday' }, '"at"'],
      [{ at: '2026-13-45T00:00' }, '"at"'],
      [{ customerId: '42' }, '"customerId"'],
      [{ customerId: undefined }, 'Say who has ordered'],
      [{ items: {} }, '"items"'],
      [{ items: [{ sku: 'A' }] }, '"items[0]"'],
      [{ items: [{ sku: 'A', paid: true }, null] }, '"items[1]"'],
    ];
    for (const [change, told] of wrong) expect(() => read(change), JSON.stringify(change)).to.throw(told);
    expect(() => orderEventIn(Buffer.from('[]'))).to.throw('one JSON object');
    expect(() => orderEventIn(Buffer.from('{'))).to.throw('one JSON object');
  });

  it('are known by their signature, for five minutes', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const [id, timestamp, body] = ['msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}'] as const;
    // The example of the Standard Webhooks specification.
    expect(signatureOf({ id, timestamp, body }, secret)).to.equal('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1a,xxxx ${signatureOf({ id, timestamp, body }, secret)}`,
    };
    const at = (seconds: number) => new Date((timestamp + seconds) * 1_000);
    const problem = (change: object, seconds = 0, text = body as string) =>
      signatureProblem({ ...headers, ...change }, Buffer.from(text), secret, at(seconds));
    expect(problem({})).to.equal(undefined);
    expect(problem({}, 300)).to.equal(undefined);
    expect(problem({}, 301)).to.include('minutes away');
    expect(problem({}, -301)).to.include('minutes away');
    expect(problem({}, 0, '{"test": 2432232315}')).to.include('signature is wrong');
    expect(problem({ 'webhook-id': 'msg_other' })).to.include('signature is wrong');
    expect(problem({ 'webhook-signature': undefined })).to.include('missing');
    expect(() => signatureOf({ id, timestamp, body }, 'hello')).to.throw('no secret');
    expect([isSecret(secret), isSecret('whsec_short'), isSecret('')]).to.deep.equal([true, false, false]);
  });

  it('of the store give what is invoiced and not refunded', () => {
    const row = { entity_id: 7, increment_id: '000000007', customer_id: 3, state: 'processing', updated_at: '' };
    const item = (sku: string, qty_invoiced: string | null, qty_refunded: string | null) => ({
      order_id: 7,
      sku,
      qty_invoiced,
      qty_refunded,
    });
    const items = [
      item('paid', '1.0000', '0.0000'),
      item('partly', '2.0000', '1.0000'),
      item('refunded', '2.0000', '2.0000'),
      item('open', '0.0000', null),
      item('paid', null, null),
    ];
    expect(storeOrder(row, items)).to.deep.equal({ number: '000000007', customerId: 3, skus: ['paid', 'partly'] });
    expect(storeOrder({ ...row, state: 'closed' }, items).skus).to.deep.equal([]);
    expect(storeOrder({ ...row, state: 'canceled' }, items).skus).to.deep.equal([]);
    expect(storeOrder({ ...row, increment_id: null, customer_id: null }, []).number).to.equal('7');
  });
});

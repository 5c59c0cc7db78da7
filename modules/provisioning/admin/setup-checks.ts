import { requirements, stateOf } from '../../attribute-mapping/index.ts';
import { type SetupCheck, SetupChecks } from '../../connection/index.ts';
import { contribute } from '../../framework/index.ts';
import { payloadOf } from '../preview/received-payloads.ts';

const whole: readonly string[] = ['POST', 'PUT'];

/** Which required attributes the last whole user held, and where the missing ones are added at the provider. */
export const attributeChecks = contribute(SetupChecks, {}, () => ({
  sortOrder: 10,
  async of(_db, connection, recent) {
    const last = recent
      .flatMap((record) => (record.operation.startsWith('user.') ? [payloadOf(record)] : []))
      .find((payload) => payload !== undefined && whole.includes(payload.method) && payload.body !== undefined);
    if (!last) return [{ state: 'open', what: 'Required attributes are looked at when the first whole user comes.' }];
    const missing = stateOf(requirements(connection.profile), last.body).filter(({ state }) => state === 'missing');
    const whose = last.subject ?? 'the last user';
    if (missing.length === 0) return [{ state: 'good', what: `${whose} came with every attribute that is asked for.` }];
    return missing.map(
      ({ requirement: { name, label, needed, add } }): SetupCheck => ({
        state: needed === 'required' ? 'warn' : 'open',
        what: `${label} (${name}) did not come with ${whose}${needed === 'required' ? '' : '; it is recommended'}.`,
        cure: add,
      }),
    );
  },
}));

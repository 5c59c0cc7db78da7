import { type RequirementState, requirements, stateOf } from '../../attribute-mapping/index.ts';
import { type SetupCheck, SetupChecks } from '../../connection/index.ts';
import { contribute } from '../../framework/index.ts';
import { payloadOf } from '../preview/received-payloads.ts';

const whole: readonly string[] = ['POST', 'PUT'];
const isRequired = ({ requirement }: RequirementState): boolean => requirement.needed === 'required';

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
    const [required, others] = [missing.filter(isRequired), missing.filter((one) => !isRequired(one))];
    const wrong = required.map(
      ({ requirement: { name, label, add } }): SetupCheck => ({
        state: 'warn',
        what: `${label} (${name}) did not come with ${whose}.`,
        cure: add,
      }),
    );
    if (others.length === 0) return wrong;
    const names = others.map(({ requirement: { label } }) => label).join(', ');
    const cure = others[0]?.requirement.add;
    return [...wrong, { state: 'note', what: `Recommended, and not sent with ${whose}: ${names}.`, cure }];
  },
}));

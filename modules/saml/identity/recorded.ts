import { contribute } from '../../framework/index.ts';
import { RecordedSignIns } from '../../provisioning/index.ts';
import { isObject, type Resource } from '../../scim/index.ts';
import { readProvider } from '../provider/rows.ts';
import { memoryOf } from './memory.ts';

/** The identifier of a record is cut to as many characters. */
const longestKept = 255;

const namesOf = (groups: unknown): readonly string[] | undefined =>
  Array.isArray(groups) ? groups.filter(isObject).map(({ display }) => String(display)) : undefined;

/**
 * Who came, from what the record of a sign-in holds: what was understood of the claims, never the assertion. Claims that have
 * been mapped otherwise since are as they were then; what sign-ins may do is as it is now.
 */
export const recordedSignIns = contribute(RecordedSignIns, {}, () => ({
  operation: 'sign-in',
  async arrival(db, connection, { subject, body }) {
    if (subject === undefined || subject.length >= longestKept || !isObject(body))
      return 'Its record does not hold whom the identity provider vouched for; let the person sign in again.';
    const { on, settings } = await readProvider(db, connection.id);
    if (!on) return `SAML is off for the connection "${connection.code}", so nobody comes in by it.`;
    const { groups, ...document } = body as Resource;
    const { createAtLogin: create, updateAtLogin: update, samlWins, linkByEmail } = settings;
    return {
      identifier: subject,
      document,
      groups: namesOf(groups),
      policy: { create, update, samlWins, linkByEmail },
      memory: memoryOf(connection.id, subject),
    };
  },
}));

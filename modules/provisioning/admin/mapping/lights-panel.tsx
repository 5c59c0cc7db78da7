import { Badge, Moment } from '../../../admin/index.ts';
import { MappingPanels, type RequirementState, requirements, stateOf } from '../../../attribute-mapping/index.ts';
import { contribute } from '../../../framework/index.ts';
import { type ReceivedPayload, ReceivedPayloads } from '../../preview/received-payloads.ts';
import { Trials } from '../../preview/trials.ts';
import { offered, recentFor } from './recent.ts';

const lights = {
  present: { tone: 'good', words: 'Sent' },
  missing: { tone: 'bad', words: 'Missing' },
  'never-seen': { tone: 'neutral', words: 'Not seen yet' },
} as const;

const isWhole = ({ method }: ReceivedPayload): boolean => method === 'POST' || method === 'PUT';

function Light({ state, requirement: { name, label, needed, add } }: RequirementState) {
  const recommended = state === 'missing' && needed === 'recommended';
  const { tone, words } = lights[state];
  return (
    <li>
      <span class="light-name">
        {label} <code>{name}</code>
      </span>
      <Badge tone={recommended ? 'warn' : tone}>{recommended ? 'Recommended' : words}</Badge>
      {state === 'missing' && <small class="muted">{add}</small>}
    </li>
  );
}

/** What the provider has to send, by the last whole user that came, and where to add what is missing. */
export const lightsPanel = contribute(
  MappingPanels,
  { trials: Trials, payloads: ReceivedPayloads },
  ({ trials, payloads }) => ({
    subject: 'mapping',
    title: 'Required attributes',
    acl: 'provisioning::preview',
    sortOrder: 20,
    async view(visit, connection) {
      const recent = await recentFor(visit, payloads, connection);
      const last = recent.find(isWhole);
      // A page full of PATCHes says nothing of whole users: those are looked for further back.
      const { from, states } =
        last || recent.length < offered
          ? { from: last, states: stateOf(requirements(connection.profile), last?.body) }
          : await trials.lights(connection);
      return (
        <>
          <p class="muted">
            {from ? (
              <>
                By the last whole user that was received: {from.subject ?? `record ${from.record}`},{' '}
                <Moment at={from.at} />.
              </>
            ) : (
              'No user was received yet; the lights tell as soon as the first one comes.'
            )}
          </p>
          <ul class="lights">
            {states.map((state) => (
              <Light key={state.requirement.name} {...state} />
            ))}
          </ul>
        </>
      );
    },
  }),
);

import { ActivityReports } from '../../activity/index.ts';
import { MappingVersions, UserMapping } from '../../attribute-mapping/index.ts';
import { Connections } from '../../connection/index.ts';
import { Clock, Database, Environment, Logger, provide } from '../../framework/index.ts';
import { GroupProvisioner } from '../group/provisioner.ts';
import { MappingImpact } from '../impact/impact.ts';
import { createImpact } from '../impact/make-impact.ts';
import { createRuns } from '../impact/make-runs.ts';
import { MappingRuns } from '../impact/mapping-run.ts';
import { createReplays } from '../replay/make-replays.ts';
import { RecordedSignIns } from '../replay/recorded-sign-in.ts';
import { Replays } from '../replay/replay.ts';
import { Room } from '../room.ts';
import { SignIns } from '../sign-in/sign-ins.ts';
import { UserProvisioner } from '../user/provisioner.ts';
import { createPreview } from './make-preview.ts';
import { MappingPreview } from './preview.ts';
import { createReceivedPayloads, ReceivedPayloads } from './received-payloads.ts';
import { createTrials, Trials } from './trials.ts';

const request = { environment: Environment, clock: Clock, logger: Logger };

/** What is tried before it is done, done for all at once, and done once more. */
export const trialProvisions = [
  provide(ReceivedPayloads, { database: Database, reports: ActivityReports }, ({ database, reports }) =>
    createReceivedPayloads(database, reports),
  ),
  provide(
    Trials,
    { database: Database, mapping: UserMapping, versions: MappingVersions, payloads: ReceivedPayloads },
    createTrials,
  ),
  provide(MappingPreview, { room: Room, users: UserProvisioner, ...request }, createPreview),
  provide(MappingImpact, { room: Room, clock: Clock }, ({ room, clock }) => createImpact(room, clock)),
  provide(MappingRuns, { room: Room, clock: Clock }, ({ room, clock }) => createRuns(room, clock)),
  provide(
    Replays,
    {
      room: Room,
      users: UserProvisioner,
      groups: GroupProvisioner,
      connections: Connections,
      payloads: ReceivedPayloads,
      preview: MappingPreview,
      signIns: SignIns,
      protocols: RecordedSignIns,
      ...request,
    },
    createReplays,
  ),
];

import { Activities } from 'vestibule/activity';
import { Customers } from 'vestibule/customer';
import {
  Catalogue,
  Clock,
  Database,
  defineModule,
  Environment,
  Logger,
  type ModuleManifest,
  Outgoing,
  onStart,
  onStopping,
  provide,
} from 'vestibule/framework';
import { GroupMemberships } from 'vestibule/provisioning';
import { Websites } from 'vestibule/store';
import { courseCards } from './admin/card.tsx';
import { coursePages } from './admin/routes.ts';
import { courseOperations } from './checkup.ts';
import { courseCommands } from './commands/commands.ts';
import { createMappings } from './course/create-mappings.ts';
import { Mappings } from './course/mapping.ts';
import { ordersRoute } from './http/orders.ts';
import { createLms } from './lms/create-lms.ts';
import { Lms } from './lms/lms.ts';
import { lmsSettings } from './lms/settings.ts';
import { customersChanged, membershipsChanged, processEnded } from './observers.ts';
import { createOrders, Orders } from './order/orders.ts';
import { orderSettings } from './order/settings.ts';
import { createOrderWalk, OrderWalk } from './order/walk.ts';
import { CourseJobs, createJobs } from './queue/jobs.ts';
import { queueSettings } from './queue/settings.ts';

const manifest: ModuleManifest = defineModule({
  name: 'course-sync',
  version: '1.0.0',
  host: '^1',
  sequence: ['activity', 'change-capture', 'connection', 'customer', 'provisioning', 'store'],
  optional: ['admin'],
  acl: {
    'course-sync::view': 'See which courses customers get, the queue and its log',
    'course-sync::manage': 'Change the map, and let what has failed be tried again',
    'course-sync::config': 'Configure the LMS and where orders come from',
  },
  config: [lmsSettings, orderSettings, queueSettings],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [
    provide(Lms, { settings: lmsSettings.token, outgoing: Outgoing, clock: Clock }, createLms),
    provide(Mappings, { activities: Activities }, createMappings),
    provide(Orders, { mappings: Mappings, customers: Customers, websites: Websites }, createOrders),
    provide(
      OrderWalk,
      { database: Database, catalogue: Catalogue, orders: Orders, settings: orderSettings.token, clock: Clock },
      createOrderWalk,
    ),
    provide(
      CourseJobs,
      {
        database: Database,
        customers: Customers,
        memberships: GroupMemberships,
        mappings: Mappings,
        lms: Lms,
        clock: Clock,
        settings: queueSettings.token,
        orderWalk: OrderWalk,
        logger: Logger,
      },
      (room) => createJobs({ ...room, random: Math.random }),
    ),
  ],
  contributes: [...courseOperations, ...courseCards],
  observers: [customersChanged, membershipsChanged, processEnded],
  routes: [ordersRoute, ...coursePages],
  commands: courseCommands,
  hooks: [
    // In tests nothing runs by itself.
    onStart(
      'course-sync.start',
      { jobs: CourseJobs, environment: Environment, settings: queueSettings.token },
      async ({ jobs, environment, settings }) => {
        if (environment.nodeEnv !== 'test' && (await settings.get('background'))) jobs.start();
      },
    ),
    onStopping('course-sync.stop', { jobs: CourseJobs }, ({ jobs }) => jobs.stop()),
  ],
});
export default manifest;

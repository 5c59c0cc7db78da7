import { onBothEngines } from '../../../test/setup/databases.ts';
import { enrolments } from './enrolments.ts';
import { pages } from './pages.ts';
import { type CourseRoom, clear, openCourseRoom } from './room.ts';

// One host for everything: to open one costs more than all that is asked of it.
onBothEngines('The course sync', (engine) => {
  let room: CourseRoom;
  before(async () => {
    room = await openCourseRoom(engine);
  });
  afterEach(() => clear(room));
  after(() => room?.close());

  enrolments(() => room);
  describe('in the administration', () => pages(() => room));
});

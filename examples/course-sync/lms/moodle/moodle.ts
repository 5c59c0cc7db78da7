import type { Clock, Outgoing } from 'vestibule/framework';
import { isPassing, retryAfterOf, unreachable } from '../answer.ts';
import { type Lms, LmsError, type LmsUser, type Occasion } from '../lms.ts';
import type { LmsSettings } from '../settings.ts';
import { courseIn, createdIn, type MoodleUser, moodleAnswer, usersIn, warningIn } from './answer.ts';
import { formOf, type MoodleValue } from './parameters.ts';

type Call = (wsfunction: string, parameters: Readonly<Record<string, MoodleValue>>) => Promise<unknown>;
type Signal = Pick<Occasion, 'signal'>;

const mostBytes = 1_000_000;

/** Moodle's REST web services. */
export function createMoodle(settings: LmsSettings, outgoing: Outgoing, clock: Clock): Omit<Lms, 'ready'> {
  const callWith =
    ({ signal }: Signal): Call =>
    async (wsfunction, parameters) => {
      const [url, token] = await Promise.all([settings.get('url'), settings.get('token')]);
      const form = formOf({ wstoken: token, wsfunction, moodlewsrestformat: 'json', ...parameters });
      const answer = await outgoing
        .send({
          method: 'POST',
          url: `${url.replace(/\/+$/, '')}/webservice/rest/server.php`,
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          body: form.toString(),
          mostBytes,
          allowed: await settings.get('allowed_hosts'),
          withinMs: 1_000 * (await settings.get('timeout')),
          ...(signal ? { signal } : {}),
        })
        .catch((error: unknown) => {
          throw unreachable(error);
        });
      if (answer.status !== 200)
        throw isPassing(answer.status)
          ? new LmsError('LMS_UNREACHABLE', `Moodle's web services answered ${answer.status}.`, {
              retryAfterMs: retryAfterOf(answer, clock.now().getTime()),
            })
          : new LmsError(
              'LMS_SETTINGS',
              `Moodle's web services answered ${answer.status}: look at course_sync/lms/url.`,
            );
      return moodleAnswer(wsfunction, answer.body.toString());
    };

  async function courseOf(call: Call, course: string) {
    const field = await settings.get('course_field');
    return courseIn(await call('core_course_get_courses_by_field', { field, value: course }));
  }

  return {
    async saveUser(user, known, _changed, occasion) {
      const call = callWith(occasion);
      const found = await findUser(call, user, known);
      if (!found) return createUser(call, user, await settings.get('auth'));
      const changes = changesOf(found, user);
      if (Object.keys(changes).length > 0) {
        const answer = await call('core_user_update_users', { users: [{ id: found.id, ...changes }] });
        const warning = warningIn(answer);
        if (warning) throw new LmsError('LMS_REFUSED', `Moodle did not update user ${found.id}: ${warning}.`);
      }
      return String(found.id);
    },
    async enrol({ lmsId }, course, occasion) {
      const call = callWith(occasion);
      const found = await courseOf(call, course);
      if (!found)
        throw new LmsError('LMS_REFUSED', `Moodle has no course "${course}": correct the map, or make the course.`);
      const roleid = await settings.get('role');
      await call('enrol_manual_enrol_users', {
        enrolments: [{ roleid, userid: Number(lmsId), courseid: found.id }],
      });
    },
    async unenrol({ lmsId }, course, occasion) {
      const call = callWith(occasion);
      const found = await courseOf(call, course);
      if (!found || !(await byField(call, 'id', lmsId))) return;
      await call('enrol_manual_unenrol_users', { enrolments: [{ userid: Number(lmsId), courseid: found.id }] });
    },
    async course(course) {
      const found = await courseOf(callWith({}), course);
      if (found) return found.name;
      throw new LmsError('LMS_REFUSED', `Moodle has no course "${course}".`);
    },
  };
}

async function byField(call: Call, field: 'id' | 'idnumber' | 'email', value: string): Promise<MoodleUser | undefined> {
  return usersIn(await call('core_user_get_users_by_field', { field, values: [value] }))[0];
}

/** The customer's user: the one that was found before, else by its ID number, else by its e-mail if that is nobody else's. */
async function findUser(call: Call, user: LmsUser, known: string | undefined): Promise<MoodleUser | undefined> {
  const own = String(user.customerId);
  const before = known === undefined ? undefined : await byField(call, 'id', known);
  const found = before ?? (await byField(call, 'idnumber', own)) ?? (await byField(call, 'email', user.email));
  if (found && found.idnumber !== '' && found.idnumber !== own)
    throw new LmsError(
      'LMS_REFUSED',
      `Moodle's user ${found.id} has the e-mail of customer ${own} and the ID number "${found.idnumber}": empty the ID number if they are the same person, else change one of the e-mails.`,
    );
  return found;
}

const profileOf = ({ email, firstName, lastName, customerId, active }: LmsUser) => ({
  email,
  firstname: firstName,
  lastname: lastName,
  idnumber: String(customerId),
  suspended: !active,
});

/** What Moodle has otherwise; e-mails are the same in whatever case. */
function changesOf(found: MoodleUser, user: LmsUser): Readonly<Record<string, MoodleValue>> {
  const wanted = profileOf(user);
  const same = (name: keyof typeof wanted): boolean =>
    name === 'email' ? found.email.toLowerCase() === wanted.email.toLowerCase() : found[name] === wanted[name];
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => !same(name as keyof typeof wanted)));
}

async function createUser(call: Call, user: LmsUser, auth: string): Promise<string> {
  const { suspended: _, ...profile } = profileOf(user);
  const made = await call('core_user_create_users', {
    users: [
      {
        // Moodle takes lower case only, and cleans other signs out unless it was told to be lenient.
        username: user.email.toLowerCase(),
        auth,
        ...(auth === 'manual' ? { createpassword: true } : {}),
        ...profile,
      },
    ],
  });
  const id = createdIn(made);
  if (!user.active) await call('core_user_update_users', { users: [{ id: Number(id), suspended: true }] });
  return id;
}

import { LmsError } from '../lms.ts';

/** Codes that say that the token, the service or its functions are not set up; the administrator has to see to it. */
const settings: ReadonlySet<string> = new Set([
  'accessexception',
  'enablewsdescription',
  'forbiddenwsuser',
  'invalidtoken',
  'invalidtimedtoken',
  'missingcapabilities',
  'missingrequiredcapability',
  'nopermissions',
  'servicenotavailable',
  'servicerequireslogin',
  'usernotallowed',
  'wsaccessusersuspended',
]);

/** Codes after which Moodle may do it a while later. */
const passing: ReadonlySet<string> = new Set([
  'sitemaintenance',
  'upgraderunning',
  'dbconnectionfailed',
  'locktimeout',
]);

interface Failure {
  readonly exception?: unknown;
  readonly errorcode?: unknown;
  readonly message?: unknown;
  readonly debuginfo?: unknown;
}

/**
 * The value that a function of Moodle answered. Moodle says errors with status 200 and a member `exception`; functions that
 * answer nothing say `null`, or nothing at all.
 * @throws LmsError
 */
export function moodleAnswer(wsfunction: string, body: string): unknown {
  let value: unknown;
  try {
    value = body.trim() === '' ? null : JSON.parse(body);
  } catch {
    throw new LmsError(
      'LMS_SETTINGS',
      `What answers is no web service of Moodle (${wsfunction} got something else than JSON): look at course_sync/lms/url.`,
    );
  }
  if (typeof value === 'object' && value !== null && 'exception' in value) throw failure(wsfunction, value);
  return value;
}

function failure(wsfunction: string, { errorcode, exception, message, debuginfo }: Failure): LmsError {
  const code = String(errorcode ?? exception);
  const said = [message, debuginfo].filter((text) => typeof text === 'string' && text !== '').join(' ');
  const words = `Moodle refuses ${wsfunction}: ${said || code} (${code}).`;
  if (settings.has(code) || String(exception).endsWith('required_capability_exception'))
    return new LmsError(
      'LMS_SETTINGS',
      `${words} Look at the token, and at the functions and capabilities of its web service.`,
    );
  const isPassing = passing.has(code) || /^dml_|^ddl_/.test(String(exception));
  return new LmsError(isPassing ? 'LMS_UNREACHABLE' : 'LMS_REFUSED', words);
}

/** A user as Moodle answers it, as far as it matters. */
export interface MoodleUser {
  readonly id: number;
  readonly idnumber: string;
  readonly email: string;
  readonly firstname: string;
  readonly lastname: string;
  readonly suspended: boolean;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const listIn = (value: unknown): readonly Record<string, unknown>[] => (Array.isArray(value) ? value : []);

/** Users out of the answer of `core_user_get_users_by_field`. Old versions don't say `suspended`: then nobody is. */
export const usersIn = (value: unknown): readonly MoodleUser[] =>
  listIn(value).map(({ id, idnumber, email, firstname, lastname, suspended }) => ({
    id: Number(id),
    idnumber: text(idnumber),
    email: text(email),
    firstname: text(firstname),
    lastname: text(lastname),
    suspended: suspended === true || suspended === 1,
  }));

/** The course out of the answer of `core_course_get_courses_by_field`; undefined where it found none. */
export function courseIn(value: unknown): { readonly id: number; readonly name: string } | undefined {
  const [first] = listIn((value as { courses?: unknown } | null)?.courses);
  return first && { id: Number(first.id), name: text(first.fullname) || text(first.displayname) };
}

/** The id of the user that `core_user_create_users` has made. @throws LmsError */
export function createdIn(value: unknown): string {
  const id = Number(listIn(value)[0]?.id);
  if (Number.isSafeInteger(id) && id > 0) return String(id);
  throw new LmsError('LMS_UNREACHABLE', 'Moodle did not say the id of the user that it has made.');
}

/** The first warning of an answer that has some, in a sentence. */
export function warningIn(value: unknown): string | undefined {
  const [first] = listIn((value as { warnings?: unknown } | null)?.warnings);
  return first && `${text(first.message) || 'no reason given'} (${text(first.warningcode)})`;
}

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StandInUser {
  readonly id: number;
  username: string;
  email: string;
  firstname: string;
  lastname: string;
  idnumber: string;
  suspended: boolean;
}

/** A Moodle on loopback with the six functions that are asked for, as its web services answer them. */
export interface StandInMoodle {
  readonly url: string;
  /** `host:port` */
  readonly host: string;
  readonly users: StandInUser[];
  /** Short names, by course id. */
  readonly courses: Map<number, string>;
  /** `ann@example.com: SAFETY` for each enrolment, sorted. */
  enrolled(): readonly string[];
  /** Names of the functions that were called, in order, since it was asked last. */
  called(): readonly string[];
  /** Answers instead, where it answers something; undefined: as usual. */
  fault:
    | ((wsfunction: string) => { status?: number; body?: string; headers?: Record<string, string> } | undefined)
    | undefined;
  /** Called while a function is under way. */
  meanwhile: ((wsfunction: string) => Promise<void>) | undefined;
  /** Nobody is there, and nothing is wrong. */
  clear(): void;
  close(): Promise<void>;
}

export const moodleToken = 'a-token-of-moodle';

const refusal = (errorcode: string, message: string) => ({
  exception: 'core\\exception\\moodle_exception',
  errorcode,
  message,
});

export async function openMoodle(courses: readonly string[]): Promise<StandInMoodle> {
  const enrolments = new Set<string>();
  let calls: string[] = [];
  let ids = 100;
  const one = (form: URLSearchParams, name: string) => form.get(name) ?? '';
  const userBy = (field: string, value: string) =>
    moodle.users.filter((user) => String(user[field as keyof StandInUser]).toLowerCase() === value.toLowerCase());

  const functions: Readonly<Record<string, (form: URLSearchParams) => unknown>> = {
    core_user_get_users_by_field: (form) => userBy(one(form, 'field'), one(form, 'values[0]')),
    core_user_create_users(form) {
      const given = (name: string) => one(form, `users[0][${name}]`);
      if (userBy('username', given('username')).length > 0)
        return refusal('invalidparameter', 'Username already exists');
      const made = {
        id: ++ids,
        username: given('username'),
        email: given('email'),
        firstname: given('firstname'),
        lastname: given('lastname'),
        idnumber: given('idnumber'),
        suspended: false,
      };
      moodle.users.push(made);
      return [{ id: made.id, username: made.username }];
    },
    core_user_update_users(form) {
      const user = moodle.users.find(({ id }) => String(id) === one(form, 'users[0][id]'));
      if (!user) return { warnings: [{ message: 'User does not exist', warningcode: 'usernotexist' }] };
      for (const [key, value] of form) {
        const name = /^users\[0\]\[(\w+)\]$/.exec(key)?.[1];
        if (name === 'suspended') user.suspended = value === '1';
        else if (name === 'email' || name === 'firstname' || name === 'lastname' || name === 'idnumber')
          user[name] = value;
      }
      return { warnings: [] };
    },
    core_course_get_courses_by_field(form) {
      const found = [...moodle.courses].filter(([, name]) => name === one(form, 'value'));
      return {
        courses: found.map(([id, name]) => ({ id, shortname: name, fullname: `The course ${name}` })),
        warnings: [],
      };
    },
    enrol_manual_enrol_users(form) {
      if (one(form, 'enrolments[0][roleid]') !== '5') return refusal('wsusercannotassign', 'Role');
      enrolments.add(`${one(form, 'enrolments[0][userid]')} ${one(form, 'enrolments[0][courseid]')}`);
      return null;
    },
    enrol_manual_unenrol_users(form) {
      enrolments.delete(`${one(form, 'enrolments[0][userid]')} ${one(form, 'enrolments[0][courseid]')}`);
      return null;
    },
  };

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const form = new URLSearchParams(body);
    const name = one(form, 'wsfunction');
    calls.push(name);
    await moodle.meanwhile?.(name);
    const fault = moodle.fault?.(name);
    const answer = (): unknown => {
      if (request.url !== '/webservice/rest/server.php' || one(form, 'moodlewsrestformat') !== 'json') return '<html>';
      if (one(form, 'wstoken') !== moodleToken) return refusal('invalidtoken', 'Invalid token - token not found');
      return (
        functions[name]?.(form) ?? (name in functions ? null : refusal('accessexception', 'Access control exception'))
      );
    };
    response
      .writeHead(fault?.status ?? 200, { 'content-type': 'application/json', ...fault?.headers })
      .end(fault?.body ?? JSON.stringify(fault ? null : answer()));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const moodle: StandInMoodle = {
    url: `http://${host}/`,
    host,
    users: [],
    courses: new Map(courses.map((name, at) => [at + 11, name])),
    fault: undefined,
    meanwhile: undefined,
    enrolled: () =>
      [...enrolments]
        .map((pair) => {
          const [user, course] = pair.split(' ').map(Number);
          return `${moodle.users.find(({ id }) => id === user)?.email}: ${moodle.courses.get(course ?? 0)}`;
        })
        .sort(),
    called() {
      const answer = calls;
      calls = [];
      return answer;
    },
    clear() {
      enrolments.clear();
      moodle.users.length = 0;
      moodle.fault = undefined;
      moodle.meanwhile = undefined;
      calls = [];
    },
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return moodle;
}

import { expect } from 'chai';
import { retryAfterOf } from '../lms/answer.ts';
import { LmsError } from '../lms/lms.ts';
import { courseIn, createdIn, moodleAnswer, usersIn, warningIn } from '../lms/moodle/answer.ts';
import { formOf } from '../lms/moodle/parameters.ts';
import { triedFor, waitAfter } from '../queue/backoff.ts';

const refusal = (body: object | string): { code: string; message: string } => {
  try {
    moodleAnswer('enrol_manual_enrol_users', typeof body === 'string' ? body : JSON.stringify(body));
  } catch (error) {
    if (error instanceof LmsError) return { code: error.code, message: error.message };
  }
  throw new Error('nothing was refused');
};

describe('What Moodle answers', () => {
  it('is a value, or nothing', () => {
    expect(moodleAnswer('f', '[{"id":1}]')).to.deep.equal([{ id: 1 }]);
    expect(moodleAnswer('f', 'null')).to.equal(null);
    expect(moodleAnswer('f', '')).to.equal(null);
  });

  it('is an error with status 200, told apart by whether it can pass', () => {
    const token = {
      exception: 'core\\exception\\moodle_exception',
      errorcode: 'invalidtoken',
      message: 'Invalid token',
    };
    expect(refusal(token)).to.include({ code: 'LMS_SETTINGS' });
    expect(refusal(token).message).to.include('Invalid token (invalidtoken)').and.include('Look at the token');
    const capability = { exception: 'required_capability_exception', errorcode: 'nopermission', message: 'No' };
    expect(refusal(capability).code).to.equal('LMS_SETTINGS');
    expect(refusal({ exception: 'dml_write_exception', errorcode: 'dmlwriteexception' }).code).to.equal(
      'LMS_UNREACHABLE',
    );
    expect(refusal({ exception: 'moodle_exception', errorcode: 'sitemaintenance' }).code).to.equal('LMS_UNREACHABLE');
    const invalid = {
      exception: 'invalid_parameter_exception',
      errorcode: 'invalidparameter',
      debuginfo: 'users => x',
    };
    expect(refusal(invalid)).to.include({ code: 'LMS_REFUSED' });
    expect(refusal(invalid).message).to.include('users => x');
    expect(refusal('<html>').code).to.equal('LMS_SETTINGS');
  });

  it('is read with what old versions leave out', () => {
    expect(usersIn([{ id: 4, email: 'a@b', firstname: 'A', lastname: 'B' }])).to.deep.equal([
      { id: 4, idnumber: '', email: 'a@b', firstname: 'A', lastname: 'B', suspended: false },
    ]);
    expect(usersIn(null)).to.deep.equal([]);
    expect(courseIn({ courses: [{ id: 9, fullname: 'Safety' }] })).to.deep.equal({ id: 9, name: 'Safety' });
    expect(courseIn({ courses: [], warnings: [] })).to.equal(undefined);
    expect(createdIn([{ id: 12, username: 'a@b' }])).to.equal('12');
    expect(() => createdIn(null)).to.throw('did not say the id');
    expect(warningIn({ warnings: [{ message: 'Gone', warningcode: 'usernotexist' }] })).to.equal('Gone (usernotexist)');
    expect(warningIn(null)).to.equal(undefined);
  });

  it('follows parameters as PHP reads them', () => {
    const form = formOf({ moodlewsrestformat: 'json', users: [{ id: 3, suspended: true }, { values: ['a b', 'c'] }] });
    expect([...form]).to.deep.equal([
      ['moodlewsrestformat', 'json'],
      ['users[0][id]', '3'],
      ['users[0][suspended]', '1'],
      ['users[1][values][0]', 'a b'],
      ['users[1][values][1]', 'c'],
    ]);
  });

  it('is asked for again ever later, with jitter, and never sooner than it wants', () => {
    const [none, all] = [() => 0, () => 1 - Number.EPSILON];
    expect([1, 2, 3].map((attempts) => waitAfter(attempts, none))).to.deep.equal([5_000, 10_000, 20_000]);
    expect([1, 2, 3].map((attempts) => waitAfter(attempts, all))).to.deep.equal([10_000, 20_000, 40_000]);
    expect(waitAfter(60, all)).to.equal(14_400_000);
    expect(waitAfter(1, none, 30_000)).to.equal(30_000);
    expect(waitAfter(1, none, 999_999_999)).to.equal(3_600_000);
    expect(triedFor).to.equal(259_200_000);
    const asked = (text: string) =>
      retryAfterOf({ headers: { 'retry-after': text } }, Date.parse('2026-01-01T00:00:00Z'));
    expect(asked('120')).to.equal(120_000);
    expect(asked('Thu, 01 Jan 2026 00:01:00 GMT')).to.equal(60_000);
    expect(asked('soon')).to.equal(undefined);
  });
});

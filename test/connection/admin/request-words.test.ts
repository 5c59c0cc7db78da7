import { expect } from 'chai';
import type { StoredActivity } from '../../../modules/activity/index.ts';
import { isRequest, noteInWords, requestInWords } from '../../../modules/connection/admin/request-words.ts';

const entry = (operation: string, more: Partial<StoredActivity> = {}): StoredActivity => ({
  id: 1,
  at: '2026-01-01 00:00:00.000',
  operation,
  outcome: 'done',
  status: 200,
  subject: 'mia',
  ...more,
});

describe('A request in words', () => {
  it('says what was done, to whom, and which attributes', () => {
    expect(requestInWords(entry('user.create'))).to.equal('Created the user mia');
    expect(requestInWords(entry('user.deactivate'))).to.equal('Deactivated the user mia');
    expect(requestInWords(entry('group.patch', { changed: ['members'] }))).to.equal('Updated the group mia: members');
    expect(requestInWords(entry('user.list', { outcome: 'unchanged' }))).to.equal('Looked for users');
  });

  it('says what was tried where it was refused, and that nothing was to change', () => {
    expect(requestInWords(entry('user.create', { outcome: 'refused' }))).to.equal('Tried to create the user mia');
    expect(requestInWords(entry('user.patch', { outcome: 'unchanged' }))).to.equal(
      'Sent the user mia again; nothing was to change',
    );
  });

  it('is told from what administrators do', () => {
    expect(
      ['user.create', 'group.patch', 'connection.change', 'match.approve', 'user.remap'].map((name) =>
        isRequest(entry(name)),
      ),
    ).to.deep.equal([true, true, false, false, false]);
  });

  it('has oddities in words, and sentences as they are', () => {
    expect(noteInWords('patch-without-path: Operations[0]')).to.equal(
      'Unusual, but understood: patch without path (Operations[0]).',
    );
    expect(noteInWords('The token came without "Bearer"; it was accepted.')).to.match(/^The token came/);
  });
});

import { expect } from 'chai';
import { annotation } from '../../../modules/scim/index.ts';

describe('An annotation', () => {
  it('is remembered with its object, and may be changed', () => {
    const note = annotation<string>();
    const object = { a: 1 };
    expect(note.get(object)).to.equal(undefined);
    note.set(object, 'one');
    note.set(object, 'two');
    expect(note.get(object)).to.equal('two');
  });

  it('is not seen: neither as a key, nor in JSON, nor in a comparison', () => {
    const object = { a: 1 };
    annotation<string>().set(object, 'hidden');
    expect(Reflect.ownKeys(object)).to.deep.equal(['a']);
    expect(JSON.stringify(object)).to.equal('{"a":1}');
    expect(object).to.deep.equal({ a: 1 });
  });

  it('is not copied', () => {
    const note = annotation<string>();
    const object = { a: 1 };
    note.set(object, 'of the first');
    expect(note.get({ ...object })).to.equal(undefined);
    expect(note.get(structuredClone(object))).to.equal(undefined);
  });

  it('is one of several that know nothing of each other', () => {
    const [one, other] = [annotation<string>(), annotation<number>()];
    const object = {};
    one.set(object, 'text');
    expect(other.get(object)).to.equal(undefined);
    other.set(object, 5);
    expect(one.get(object)).to.equal('text');
  });

  it('stays away from an object that takes nothing more', () => {
    const note = annotation<string>();
    const object = Object.freeze({ a: 1 });
    note.set(object, 'one');
    expect(note.get(object)).to.equal(undefined);
  });
});

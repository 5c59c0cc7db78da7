import { expect } from 'chai';
import { areas, areasNamed } from '../../modules/conformance/index.ts';

describe('The catalogue of requirements', () => {
  const checks = areas.flatMap((area) => area.checks);

  it('gives every requirement an id of its own, made of the RFC, its section and a number', () => {
    for (const { id } of checks) expect(id).to.match(/^RFC(7643|7644|9865)-\d+(\.\d+)*-\d\d$/);
    expect(new Set(checks.map(({ id }) => id)).size).to.equal(checks.length);
  });

  it('says of each in one sentence what is true of a conformant service provider', () => {
    for (const { id, says } of checks) expect(says, id).to.match(/^\S.{10,}\.$/s);
  });

  it('covers every part of the protocol', () => {
    expect(checks.length).to.be.at.least(240);
    expect(areas.map(({ name }) => name)).to.have.members(
      'discovery auth media-types errors create read filter sort index-paging cursor-paging projection replace patch delete groups bulk etag search me'.split(
        ' ',
      ),
    );
    for (const { name, checks: own } of areas) expect(own.length, name).to.be.at.least(2);
  });

  it('knows its areas by name', () => {
    expect(areasNamed(['sort', 'me']).map(({ name }) => name)).to.deep.equal(['sort', 'me']);
    expect(areasNamed([])).to.equal(areas);
    expect(() => areasNamed(['filters'])).to.throw(RangeError, /"filters".*filter, sort/);
  });
});

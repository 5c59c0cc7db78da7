import { expect } from 'chai';
import * as scim from '../../modules/scim/index.ts';

describe('a refusal', () => {
  it('is a SCIM Error body whose status is a string', () => {
    expect(scim.invalidFilter('why').body()).to.deep.equal({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '400',
      scimType: 'invalidFilter',
      detail: 'why',
    });
  });

  it('carries a scimType only where the RFC has one', () => {
    expect(scim.notFound('User', '7').body()).not.to.have.property('scimType');
    expect(scim.uniqueness('userName').body()).to.include({ status: '409', scimType: 'uniqueness' });
    expect(scim.sensitive('no').body()).to.include({ status: '403', scimType: 'sensitive' });
  });

  it('has the id of the request in its detail, once, and nothing where there is none', () => {
    expect(scim.notFound('User', '7').bodyOf('r-1').detail).to.equal('There is no User with the id "7". (Request r-1)');
    expect(scim.internal('r-1').bodyOf('r-1').detail).to.match(/under r-1\.$/);
    expect(scim.notFound('User', '7').bodyOf('')).to.deep.equal(scim.notFound('User', '7').body());
  });

  it('has a code that tells it apart in logs', () => {
    expect(scim.invalidCursor('x').code).to.equal('SCIM_INVALIDCURSOR');
    expect(scim.unauthorized().code).to.equal('SCIM_UNAUTHORIZED');
    expect(scim.unavailable(5)).to.include({ status: 503, code: 'SCIM_UNAVAILABLE' });
  });

  it('brings the headers that go with its status', () => {
    expect(scim.unauthorized().headers).to.have.property('WWW-Authenticate');
    expect(scim.methodNotAllowed('PUT', ['GET', 'POST']).headers).to.deep.equal({ Allow: 'GET, POST' });
    expect(scim.unavailable(5).headers).to.deep.equal({ 'Retry-After': '5' });
    expect(scim.tooManyRequests(9).headers).to.deep.equal({ 'Retry-After': '9' });
  });

  it('cuts what it quotes', () => {
    expect(scim.notFound('User', 'x'.repeat(5000)).message.length).to.be.lessThan(120);
  });
});

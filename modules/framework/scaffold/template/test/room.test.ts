import { expect } from 'chai';
import { createTestHost, type TestHost } from 'vestibule/testing';
import manifest from '../module.ts';
import { SampleRoom } from '../service.ts';

describe('sample-room', () => {
  let test: TestHost;
  before(async () => {
    test = await createTestHost({ modules: [manifest] });
  });
  after(() => test.close());

  it('has an answer', async () => {
    const answer = await test.resolve(SampleRoom).answerFor('Sales');
    const finish = 'Unfinished: let answerFor in service.ts answer something, then expect exactly that here';
    expect(answer, finish).to.be.a('string');
  });
});

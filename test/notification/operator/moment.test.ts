import { expect } from 'chai';
import { mailMoment } from '../../../modules/notification/operator/moment.ts';

const minute = 60_000;
const hour = 60 * minute;
const now = Date.parse('2024-05-06T12:00:00Z');

describe('The moment at which an alert is mailed', () => {
  it('is now, where its cause has had no mail within the last hour', () => {
    expect(mailMoment(0, now)).to.equal(now);
    expect(mailMoment(now - hour, now)).to.equal(now);
    expect(mailMoment(now - 9 * hour, now)).to.equal(now);
  });

  it('is an hour after the last mail', () => {
    expect(mailMoment(now, now)).to.equal(now + hour);
    expect(mailMoment(now - 59 * minute, now)).to.equal(now + minute);
  });

  it('is that of the mail that is to come, unless another process may be sending it already', () => {
    expect(mailMoment(now + 50 * minute, now)).to.equal(now + 50 * minute);
    expect(mailMoment(now + minute / 2, now)).to.equal(now + minute / 2 + hour);
  });

  it('is not a day away because the clock was put back', () => {
    expect(mailMoment(now + 24 * hour, now)).to.equal(now);
  });

  it('leaves an hour between two mails, however alerts come', () => {
    const due = new Set<number>();
    let last = 0;
    for (let at = now; at < now + 8 * hour; at += 7 * minute + 13_001) {
      last = mailMoment(last, at);
      expect(last).to.be.at.least(at);
      due.add(last);
    }
    const moments = [...due].sort((a, b) => a - b);
    expect(moments).to.have.length(9);
    moments.slice(1).forEach((moment, n) => {
      expect(moment - (moments[n] ?? 0)).to.be.at.least(hour);
    });
  });
});

import { expect } from 'chai';
import { mysqlError, mysqlFailure } from '../../../../modules/framework/database/mysql/failures.ts';

const server = (errno: number, message = 'x') => Object.assign(new Error(message), { errno, code: `ER_${errno}` });
const socket = (code: string) => Object.assign(new Error(code), { errno: -104, code, fatal: true });

describe('What MySQL errors mean', () => {
  it('a transaction runs again after deadlock, lock wait timeout, changed record and group rollback only', () => {
    const again = [1213, 1205, 1020, 3101];
    for (let errno = 1000; errno < 4200; errno++) {
      expect(mysqlFailure(server(errno)) === 'transient', String(errno)).to.equal(again.includes(errno));
    }
  });

  it('another connection is needed when the server or the socket says that this one is over', () => {
    const numbers = [1040, 1047, 1053, 1158, 1159, 1160, 1161, 1203, 1290, 1792, 1836, 1927, 4031];
    for (const errno of numbers) expect(mysqlFailure(server(errno)), String(errno)).to.equal('connection');
    for (const code of ['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNREFUSED']) {
      expect(mysqlFailure(socket(code)), code).to.equal('connection');
    }
    expect(mysqlFailure(Object.assign(new Error("Can't add new command"), { fatal: true }))).to.equal('connection');
  });

  it('refusals of the data are final', () => {
    for (const errno of [1062, 1452, 1451, 1406, 1366, 1264, 1048, 1180, 1064, 1146, 1317]) {
      expect(mysqlFailure(server(errno)), String(errno)).to.equal('final');
    }
    expect(mysqlFailure(new Error('ours'))).to.equal('final');
  });

  const codes: [string, readonly number[]][] = [
    ['DB_REFERENCE', [1452, 1451, 1216, 1217]],
    ['DB_VALUE', [1406, 1366, 1264, 1265, 1048, 1364, 4025, 3819]],
    ['DB_TOO_LARGE', [1153, 1180]],
    ['DB_DENIED', [1044, 1142, 1143, 1227, 1370, 1419]],
    ['DB_FULL', [1021, 1114]],
    ['DB_READ_ONLY', [1290, 1792, 1836]],
    ['DB_CONTENTION', [1213, 1205, 1020, 3101]],
    ['DB_UNAVAILABLE', [1040, 1047, 1053, 1203, 1927, 4031]],
    ['DB_STATEMENT', [1064, 1146, 1054]],
  ];
  for (const [code, numbers] of codes) {
    it(`${code} stands for ${numbers.join(', ')}`, () => {
      for (const errno of numbers) expect(mysqlError(server(errno), 'host:1'), String(errno)).to.include({ code });
    });
  }

  it('a refused value is not repeated, its column is', () => {
    const raw = server(1366, "Incorrect integer value: 'joe@example.com' for column `shop`.`t`.`n` at row 1");
    const error = mysqlError(raw, 'host:1');
    expect(error.message).to.include(' n ').and.not.include('joe');
    expect(error.cause).to.equal(undefined);
  });

  it('errors that are not the database’s pass unchanged', () => {
    const ours = new Error('ours');
    expect(mysqlError(ours, 'host:1')).to.equal(ours);
  });
});

import { expect } from 'chai';
import { connect } from '../../../modules/framework/database/connect.ts';
import { DatabaseError } from '../../../modules/framework/database/errors.ts';
import { parseDatabaseUrl, shownAddress } from '../../../modules/framework/database/url.ts';
import { failureOf } from './failure-of.ts';

describe('DATABASE_URL', () => {
  it('is a file relative to the root, an absolute one, or memory', () => {
    expect(parseDatabaseUrl('sqlite:var/x.sqlite', '/srv/shop')).to.deep.equal({
      engine: 'sqlite',
      filename: '/srv/shop/var/x.sqlite',
    });
    expect(parseDatabaseUrl('sqlite:/data/x.sqlite', '/srv')).to.include({ filename: '/data/x.sqlite' });
    expect(parseDatabaseUrl('sqlite:///data/x.sqlite', '/srv')).to.include({ filename: '/data/x.sqlite' });
    expect(parseDatabaseUrl('sqlite::memory:', '/srv')).to.include({ filename: ':memory:' });
  });

  it('is a MySQL or MariaDB server, by port or by socket', () => {
    expect(parseDatabaseUrl('mysql://shop:p%40ss%3Aw@db.example:3307/magento', '/')).to.deep.equal({
      engine: 'mysql',
      host: 'db.example',
      port: 3307,
      socketPath: undefined,
      user: 'shop',
      password: 'p@ss:w',
      database: 'magento',
      ssl: false,
    });
    const socket = parseDatabaseUrl('mariadb://root@localhost/m?socketPath=/run/mysqld/mysqld.sock&ssl=true', '/');
    expect(socket).to.include({ socketPath: '/run/mysqld/mysqld.sock', port: 3306, ssl: true });
    expect(shownAddress(socket)).to.equal('/run/mysqld/mysqld.sock');
    expect(parseDatabaseUrl('mysql://u@[::1]/m', '/')).to.include({ host: '::1' });
  });

  const wrong = [
    '',
    'var/x.sqlite',
    'postgres://shop:S3cr3t@host/db',
    'sqlite:',
    'sqlite:x.sqlite?mode=ro',
    'mysql://shop:S3cr3t@host',
    'mysql://shop:S3cr3t@host/',
    'mysql://shop:S3cr3t@host/a/b',
    'mysql://shop:S3cr3t@host:port/db',
    'mysql://shop:S3cr3t#1@host/db',
    'mysql://shop:S3cr3t%@host/db',
    'mysql://shop:S3cr3t@host/db?charset=utf8',
    'mysql://shop:S3cr3t@host/db?ssl=perhaps',
    'mysql:///db',
  ];
  for (const url of wrong) {
    it(`refuses "${url}" in one line that names the variable and hides the password`, () => {
      let error: unknown;
      try {
        parseDatabaseUrl(url, '/');
      } catch (caught) {
        error = caught;
      }
      expect(error).to.be.instanceOf(DatabaseError).and.include({ code: 'DB_URL_INVALID' });
      const { message } = error as Error;
      expect(message)
        .to.match(/^DATABASE_URL /)
        .and.not.include('S3cr3t')
        .and.not.include('\n');
    });
  }

  it('that nobody answers at fails at once with host and port, without the password', async () => {
    const error = await failureOf(connect({ url: 'mysql://shop:S3cr3t@127.0.0.1:1/db' }));
    expect(error.code).to.equal('DB_UNAVAILABLE');
    expect(error.message).to.include('127.0.0.1:1').and.include('ECONNREFUSED').and.not.include('S3cr3t');
  });

  it('of a file in a place that cannot be made fails with the path', async () => {
    const error = await failureOf(connect({ url: 'sqlite:/dev/null/x/y.sqlite' }));
    expect(error.code).to.equal('DB_UNAVAILABLE');
    expect(error.message).to.include('/dev/null/x/y.sqlite');
  });
});

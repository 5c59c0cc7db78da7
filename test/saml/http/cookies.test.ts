import { expect } from 'chai';
import express from 'express';
import request from 'supertest';
import { nonceCookie, sessionCookie } from '../../../modules/saml/http/cookies.ts';

describe('Cookies of people who sign in', () => {
  const until = new Date('2040-01-01T00:00:00Z');
  const value = 'a'.repeat(43);
  const set = async (https: boolean) => {
    const app = express();
    app.get('/', (_request, response) => {
      for (const cookie of [nonceCookie(https), sessionCookie(https)]) cookie.set(response, value, until);
      response.end();
    });
    const { headers } = await request(app).get('/');
    return (headers['set-cookie'] as unknown as string[]).map((line) => line.replace(/ Expires=[^;]*;/, ''));
  };

  it('are tied to the host over https, and the one of a login comes along from other sites', async () => {
    expect(await set(true)).to.deep.equal([
      `__Host-vestibule_saml_login=${value}; Path=/; HttpOnly; Secure; SameSite=None`,
      `__Host-vestibule_saml=${value}; Path=/; HttpOnly; Secure; SameSite=Lax`,
    ]);
  });

  it('say over plain http what browsers take there', async () => {
    expect(await set(false)).to.deep.equal([
      `vestibule_saml_login=${value}; Path=/; HttpOnly`,
      `vestibule_saml=${value}; Path=/; HttpOnly; SameSite=Lax`,
    ]);
  });

  it('are read only where they can be ours', async () => {
    const app = express();
    app.get('/', (asked, response) => response.json(sessionCookie(false).read(asked) ?? null));
    const read = async (cookie: string) => (await request(app).get('/').set('Cookie', cookie)).body;
    expect(await read(`x=1; vestibule_saml=${value}`)).to.equal(value);
    for (const cookie of [`vestibule_saml=${value}x`, `vestibule_saml=${value.slice(1)}"`, `xvestibule_saml=${value}`])
      expect(await read(cookie), cookie).to.equal(null);
  });
});

import { expect } from 'chai';
import express, { Router } from 'express';
import request from 'supertest';
import { createHttp } from '../../../modules/framework/http/create-http.ts';
import { collapseSlashes, front, type Phase } from '../../../modules/framework/http/front.ts';
import {
  type Authorizer,
  actFor,
  actorOf,
  type ErrorPages,
  HttpError,
  type Mount,
  mount,
  type Route,
  route,
  silentLogger,
} from '../../../modules/framework/index.ts';

function app(
  routes: (Route | Mount)[],
  {
    phase = 'open' as Phase,
    authorizer = undefined as Authorizer | undefined,
    errorPages = undefined as ErrorPages | undefined,
  } = {},
) {
  const errors: object[] = [];
  const http = createHttp({
    routes: routes.map((item) => ({ module: 'test', item })),
    resolveAll: () => ({}),
    authorizer,
    errorPages,
    baseUrl: 'https://store.example',
    logger: { ...silentLogger, error: (fields) => errors.push(fields) },
  });
  return { errors, ask: request(front(http, () => phase)) };
}

const echo = mount('/scim/v2', {
  public: 'test',
  headers: 'own',
  router: () =>
    express()
      .disable('x-powered-by')
      .disable('etag')
      .use((req, res) => {
        res.json({ path: req.path.slice('/scim/v2'.length), query: req.query });
      }),
});
const hello = route('GET /hello', { public: 'test', handle: (_req, res) => void res.json({ hello: true }) });
const boom = (error: unknown) =>
  route('GET /boom', {
    public: 'test',
    handle() {
      throw error;
    },
  });

describe('http', () => {
  it('answers a known route behind helmet, without telling what serves it', async () => {
    const { headers, body } = await app([hello]).ask.get('/hello').expect(200);
    expect(body).to.deep.equal({ hello: true });
    expect(headers['content-security-policy'])
      .to.match(/^default-src 'none';/)
      .and.not.contain('unsafe');
    expect(headers).to.include({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
    expect(headers['strict-transport-security']).to.contain('max-age=');
    expect(headers).not.to.have.any.keys('x-powered-by', 'etag');
  });

  it('leaves its headers to a mount that sets them itself', async () => {
    const { headers } = await app([hello, echo]).ask.get('/scim/v2/Users').expect(200);
    expect(headers).not.to.have.any.keys('content-security-policy', 'x-powered-by', 'etag');
  });

  it('lets such a mount look at everything first, and goes on with what is not its own', async () => {
    const seen: (string | undefined)[] = [];
    const own = mount('/own', {
      public: 'test',
      headers: 'own',
      router: () => (request, response, next) => {
        seen.push(request.url);
        if (request.url === '/own/door') response.writeHead(200, { 'X-Own': '1' }).end('{}');
        else next();
      },
    });
    const { ask } = app([hello, own]);
    const { headers } = await ask.get('/own/door').expect(200);
    expect(headers).to.include({ 'x-own': '1' }).and.not.have.any.keys('x-request-id', 'content-security-policy');
    await ask.get('/hello').expect(200);
    await ask.get('/own/window').expect(404);
    expect(seen).to.deep.equal(['/own/door', '/hello', '/own/window']);
  });

  it('finds routes by their first segment, whatever its case, and keeps the order of those that share it', async () => {
    const say = (text: string) => (_: unknown, res: { json(body: unknown): unknown }) => void res.json({ text });
    const { ask } = app([
      route('GET /shop/:item', { public: 'test', handle: say('item') }),
      route('GET /shop/basket', { public: 'test', handle: say('basket') }),
      route('GET /', { public: 'test', handle: say('root') }),
    ]);
    for (const [path, text] of [
      ['/shop/basket', 'item'],
      ['/SHOP/basket?x=1', 'item'],
      ['/', 'root'],
      ['/?x=/shop', 'root'],
    ])
      expect((await ask.get(path ?? '').expect(200)).body, path).to.deep.equal({ text });
    for (const path of ['/shops/basket', '/shop', '/%73hop/basket']) await ask.get(path).expect(404);
  });

  it('puts helmet before every other mount', async () => {
    const strict = mount('/admin', { public: 'test', router: () => Router().use((_req, res) => void res.end()) });
    const { headers } = await app([strict]).ask.get('/admin/x').expect(200);
    expect(headers).to.have.property('content-security-policy');
  });

  it('answers 404 as JSON and repeats nothing of the request', async () => {
    const answer = await app([hello]).ask.get('/%3Cscript%3E?a=evil').set('Host', 'evil.example').expect(404);
    const requestId = answer.headers['x-request-id'];
    expect(answer.body).to.deep.equal({
      error: { code: 'NOT_FOUND', message: 'There is nothing at this address.', requestId },
    });
    expect(`${answer.text}${JSON.stringify(answer.headers)}`).not.to.match(/evil|script>/);
  });

  it('answers 400 for a path that cannot be decoded', async () => {
    const param = route('GET /x/:name', { public: 'test', handle: (_req, res) => void res.end() });
    const { body } = await app([param]).ask.get('/x/%E0%A4%A').expect(400);
    expect(body.error.code).to.equal('BAD_REQUEST');
  });

  it('answers 500 without the cause, logs it with the request id and stays up', async () => {
    const { ask, errors } = app([hello, boom(new Error('password=hush at /srv/x.ts'))]);
    const answer = await ask.get('/boom').set('X-Request-Id', 'id-1').expect(500);
    expect(answer.body.error).to.include({ code: 'INTERNAL', requestId: 'id-1' });
    expect(answer.text).not.to.match(/hush|srv/);
    expect(errors).to.have.length(1);
    expect(errors[0]).to.have.property('requestId', 'id-1');
    await ask.get('/hello').expect(200);
  });

  it('answers 503 when the database cannot be reached', async () => {
    const error = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1'), { code: 'DB_UNAVAILABLE' });
    const { body } = await app([boom(error)])
      .ask.get('/boom')
      .expect(503);
    expect(body.error.message).not.to.contain('10.0.0.1');
  });

  it('takes a rejected promise like a thrown error', async () => {
    const rejecting = route('GET /boom', { public: 'test', handle: async () => Promise.reject(new Error('x')) });
    await app([rejecting]).ask.get('/boom').expect(500);
  });
});

describe('request id', () => {
  it('is the one that came, when it is sane', async () => {
    const { headers } = await app([hello]).ask.get('/hello').set('X-Request-Id', 'okta:12-a_b.c=');
    expect(headers['x-request-id']).to.equal('okta:12-a_b.c=');
  });

  for (const bad of ['a b', '<b>', 'x'.repeat(129), '"', 'é']) {
    it(`is a new one instead of ${JSON.stringify(bad.slice(0, 9))}`, async () => {
      const { headers } = await app([hello]).ask.get('/hello').set('X-Request-Id', Buffer.from(bad).toString('latin1'));
      expect(headers['x-request-id']).to.match(/^[0-9a-f-]{36}$/);
    });
  }

  it('is there on errors and 404 as well', async () => {
    expect((await app([]).ask.get('/nothing')).headers).to.have.property('x-request-id');
  });
});

describe('repeated slashes', () => {
  it('collapse before routing, in the path only', async () => {
    const { body } = await app([echo]).ask.get('//scim///v2//Users//7?filter=a//b').expect(200);
    expect(body).to.deep.equal({ path: '/Users/7', query: { filter: 'a//b' } });
  });

  it('leave a URL in absolute form and one without them alone', () => {
    for (const url of ['http://host//a', '/a/b?c=//', '*', '/']) expect(collapseSlashes(url)).to.equal(url);
    expect(collapseSlashes('//evil.example/a')).to.equal('/evil.example/a');
  });
});

describe('phases of the host', () => {
  it('answer 503 to everything while it starts', async () => {
    const { headers, body } = await app([hello], { phase: 'starting' }).ask.get('/hello').expect(503);
    expect(headers).to.include({ 'retry-after': '1', 'content-type': 'application/json' });
    expect(body.error).to.include({ code: 'STARTING', requestId: headers['x-request-id'] });
  });

  it('keep no connection alive while it stops', async () => {
    const { headers } = await app([hello], { phase: 'stopping' }).ask.get('/hello').expect(200);
    expect(headers.connection).to.equal('close');
  });
});

describe('access control', () => {
  const guarded = [
    route('GET /open', { acl: 'a::b', handle: (_req, res) => void res.json({}) }),
    route('GET /admin/login', {
      area: 'admin',
      public: 'people log in here',
      handle: (_req, res) => void res.json({}),
    }),
    mount('/mounted', { acl: 'a::b', router: () => express.Router().use((_req, res) => void res.json({})) }),
  ];
  const paths = ['/open', '/mounted/x'];

  it('denies everything guarded, and the whole admin area, until there is an authorizer', async () => {
    const { ask } = app(guarded);
    for (const path of [...paths, '/admin/login']) {
      const { body } = await ask.get(path).expect(401);
      expect(body.error.code).to.equal('UNAUTHENTICATED');
    }
  });

  it('asks the authorizer with the resource', async () => {
    const asked: string[] = [];
    const authorizer: Authorizer = {
      async authorize(req, resource) {
        asked.push(resource);
        return req.headers.cookie === 'me' ? 'granted' : req.headers.cookie ? 'refused' : 'anonymous';
      },
    };
    const { ask } = app(guarded, { authorizer });
    for (const path of paths) {
      await ask.get(path).expect(401);
      await ask.get(path).set('Cookie', 'you').expect(403);
      await ask.get(path).set('Cookie', 'me').expect(200);
    }
    expect(new Set(asked)).to.deep.equal(new Set(['a::b']));
    await ask.get('/admin/login').expect(200);
  });

  it('denies when the authorizer fails', async () => {
    const authorizer: Authorizer = { authorize: async () => Promise.reject(new Error('down')) };
    await app(guarded, { authorizer }).ask.get('/open').expect(500);
  });
});

describe('a route that changes something by a login', () => {
  const seen: unknown[] = [];
  const change = route('POST /admin/things', {
    area: 'admin',
    acl: 'a::b',
    reads: 'form',
    fresh: true,
    handle: (req, res) => void res.json({ by: actorOf(req)?.name }),
  });
  const read = route('GET /admin/things', { area: 'admin', acl: 'a::b', handle: (_req, res) => void res.json({}) });
  const elsewhere = route('POST /things', { acl: 'a::b', handle: (_req, res) => void res.json({}) });
  const below = mount('/more', { acl: 'a::b', router: () => express.Router().use((_req, res) => void res.json({})) });
  const open = route('POST /open', { public: 'test', handle: (_req, res) => void res.json({}) });
  const authorizer: Authorizer = {
    async authorize(req) {
      actFor(req, { id: 7, name: 'anna' });
      return 'granted';
    },
    async confirm(req, { fresh, reads }) {
      seen.push({ path: req.path, body: { ...req.body }, fresh, reads });
      if (req.body?.token !== 'right') throw new HttpError(403, 'FORM_EXPIRED', 'Not with this form.');
    },
  };

  it('is confirmed after its body was read and before it is done, wherever it lies; others are not asked', async () => {
    const { ask } = app([change, read, elsewhere, below, open], { authorizer });
    const done = await ask.post('/admin/things').type('form').send({ token: 'right' }).expect(200);
    expect(done.body).to.deep.equal({ by: 'anna' });
    await ask.post('/admin/things').type('form').send({ token: 'wrong' }).expect(403);
    await ask.get('/admin/things').expect(200);
    await ask.post('/things').expect(403);
    await ask.get('/more/x').expect(200);
    await ask.delete('/more/x').expect(403);
    await ask.post('/open').expect(200);
    expect(seen).to.deep.equal([
      { path: '/admin/things', body: { token: 'right' }, fresh: true, reads: 'form' },
      { path: '/admin/things', body: { token: 'wrong' }, fresh: true, reads: 'form' },
      { path: '/things', body: {}, fresh: false, reads: undefined },
      { path: '/x', body: {}, fresh: false, reads: undefined },
    ]);
  });
});

describe('error pages', () => {
  const shown: ErrorPages = {
    async show(req, res, { status, code }) {
      if (!req.headers.accept?.includes('html')) return false;
      res.status(status).type('html').send(`<p>${code}`);
      return true;
    },
  };

  it('are shown to those who want them; everybody else gets JSON', async () => {
    const { ask } = app([boom(new HttpError(409, 'TAKEN', 'Taken.'))], { errorPages: shown });
    const people = await ask.get('/boom').set('Accept', 'text/html').expect(409);
    expect(people.text).to.equal('<p>TAKEN');
    const { body } = await ask.get('/boom').set('Accept', 'application/json').expect(409);
    expect(body.error.code).to.equal('TAKEN');
    expect((await ask.get('/nowhere').set('Accept', 'text/html').expect(404)).text).to.equal('<p>NOT_FOUND');
  });

  it('that fail themselves are logged, and the refusal is told as JSON', async () => {
    const failing: ErrorPages = { show: async () => Promise.reject(new Error('no page')) };
    const { ask, errors } = app([], { errorPages: failing });
    const { body } = await ask.get('/nowhere').expect(404);
    expect(body.error.code).to.equal('NOT_FOUND');
    expect(errors).to.have.length(1);
  });
});

import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { type OutgoingAnswer, OutgoingError, type OutgoingRequest } from '../../../modules/framework/index.ts';
import { createOutgoing } from '../../../modules/framework/outgoing/create-outgoing.ts';
import { rsaKeyPairs } from '../../../modules/saml/provider/key/key-pairs.ts';

/** How a server on loopback behaves, by the path that it is asked for. */
const behaviours: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/plain': (response) => void response.end('hello'),
  '/missing': (response) => void response.writeHead(404).end('nothing here'),
  '/moved': (response) => void response.writeHead(302, { location: '/plain' }).end(),
  '/moved-away': (response) => void response.writeHead(307, { location: 'http://169.254.169.254/' }).end(),
  '/declared-large': (response) => void response.writeHead(200, { 'content-length': '1000000' }).write('x'),
  '/large': (response) => {
    response.write('x'.repeat(600));
    response.write('x'.repeat(600));
  },
  '/compressed': (response) =>
    void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000))),
  '/silent': () => {},
  '/stops': (response) => void response.write('the beginning'),
  '/breaks': (response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.destroy());
  },
  '/many-headers': (response) => void response.writeHead(200, { 'x-long': 'x'.repeat(20_000) }).end('hello'),
};

describe('An answer from the outside', () => {
  const seen: { method: string; url: string; headers: Record<string, unknown>; body: string }[] = [];
  const outgoing = createOutgoing(async () => [{ address: '127.0.0.1', family: 4 }]);
  let server: Server;
  let secure: NetServer;
  let host = '';
  let secureHost = '';
  before(async () => {
    const { privateKey: key, certificate: cert } = await rsaKeyPairs.make('idp.example.com', new Date());
    server = createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += part;
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      behaviours[request.url ?? '']?.(response);
    });
    secure = createTlsServer({ key, cert }, (_, response) => void response.end('hello'));
    await Promise.all([server, secure].map((each) => once(each.listen(0, '127.0.0.1'), 'listening')));
    host = `idp.example.com:${(server.address() as AddressInfo).port}`;
    secureHost = `idp.example.com:${(secure.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    secure.close();
  });
  beforeEach(() => {
    seen.length = 0;
  });

  const send = (path: string, more: Partial<OutgoingRequest> = {}): Promise<OutgoingAnswer> =>
    outgoing.send({ url: `http://${host}${path}`, allowed: [host], mostBytes: 1_000, ...more });
  const refusalOf = (path: string, more: Partial<OutgoingRequest> = {}): Promise<OutgoingError> =>
    send(path, more).then(
      () => {
        throw new Error('it was answered');
      },
      (error: unknown) => {
        if (error instanceof OutgoingError) return error;
        throw error;
      },
    );

  it('comes from a server on the inside only where the operator has named its host and port', async () => {
    const answer = await send('/plain');
    expect({ ...answer, headers: undefined, body: answer.body.toString() }).to.deep.equal({
      status: 200,
      headers: undefined,
      body: 'hello',
      address: '127.0.0.1',
    });
    for (const allowed of [[], ['idp.example.com'], ['idp.example.com:1'], [`x.${host}`], ['*']])
      expect((await refusalOf('/plain', { allowed })).code).to.equal('OUTGOING_URL');
    expect(seen).to.have.length(1);
  });

  it('is given back whatever its status, but for redirects, which are followed nowhere', async () => {
    expect((await send('/missing')).status).to.equal(404);
    expect(await refusalOf('/moved')).to.include({ code: 'OUTGOING_REDIRECT' });
    expect((await refusalOf('/moved-away')).message)
      .to.contain('307')
      .and.contain('use the URL that it leads to');
    expect(seen.map(({ url }) => url)).to.deep.equal(['/missing', '/moved', '/moved-away']);
  });

  it('is no larger than asked for, declared or not, and never compressed', async () => {
    expect(await refusalOf('/declared-large')).to.include({ code: 'OUTGOING_ANSWER' });
    expect((await refusalOf('/large')).message).to.contain('more than the 1000 bytes');
    expect((await refusalOf('/compressed')).message).to.contain('compressed');
    expect((await send('/plain', { mostBytes: 5 })).body).to.have.length(5);
    expect(await refusalOf('/plain', { mostBytes: 4 })).to.include({ code: 'OUTGOING_ANSWER' });
    expect(seen[0]?.headers).to.include({ 'accept-encoding': 'identity' });
  });

  it('comes in time or not at all, however slowly it begins', async () => {
    expect(await refusalOf('/silent', { withinMs: 50 })).to.include({ code: 'OUTGOING_TIMEOUT' });
    expect(await refusalOf('/stops', { withinMs: 50 })).to.include({ code: 'OUTGOING_TIMEOUT' });
  });

  it('is whole, and its headers are bounded', async () => {
    expect(await refusalOf('/breaks')).to.include({ code: 'OUTGOING_CONNECTION' });
    expect(await refusalOf('/many-headers')).to.include({ code: 'OUTGOING_CONNECTION' });
  });

  it('answers a request that carries a body and the given headers, but no credentials and no other host', async () => {
    await send('/plain', {
      method: 'POST',
      body: 'grüß',
      headers: { 'Content-Type': 'text/plain', Cookie: 'a=b', authorization: 'Bearer x', Host: 'admin.example.com' },
    });
    const [{ method, body, headers } = { method: '', body: '', headers: {} }] = seen;
    expect({ method, body }).to.deep.equal({ method: 'POST', body: 'grüß' });
    expect(headers).to.include({ host, 'content-type': 'text/plain', 'content-length': '6', connection: 'close' });
    expect(headers).to.not.have.any.keys('cookie', 'authorization');
  });

  it('may be any, where only how a request was taken counts: of redirects the status, of bodies the beginning', async () => {
    const any = async (path: string) => {
      const { status, body } = await send(path, { anyAnswer: true, mostBytes: 8 });
      return `${status} ${body.toString()}`;
    };
    const paths = ['/plain', '/moved', '/moved-away', '/declared-large', '/large', '/compressed', '/breaks', '/stops'];
    expect(await Promise.all(paths.map(any))).to.deep.equal([
      '200 hello',
      '302 ',
      '307 ',
      '200 x',
      '200 xxxxxxxx',
      '200 ',
      '200 half',
      '200 the begi',
    ]);
    expect(seen.map(({ url }) => url).sort()).to.deep.equal([...paths].sort());
    const slow = await send('/stops', { anyAnswer: true, withinMs: 600 });
    expect(`${slow.status} ${slow.body}`).to.equal('200 the beginning');
  });

  it('answers a request that carries the credentials that were given for this very server', async () => {
    await send('/plain', { authorization: 'Bearer y' });
    expect(seen[0]?.headers).to.include({ authorization: 'Bearer y' });
  });

  it('is not waited for when the caller breaks off, before or after it was asked for', async () => {
    const end = new AbortController();
    const asked = once(server, 'request');
    const refusal = refusalOf('/silent', { signal: end.signal });
    await asked;
    end.abort();
    expect(await refusal).to.include({ code: 'OUTGOING_ABORTED' });
    expect(await refusalOf('/plain', { signal: end.signal })).to.include({ code: 'OUTGOING_ABORTED' });
    expect(seen.map(({ url }) => url)).to.not.include('/plain');
  });

  it('comes over TLS from a server that proves its name', async () => {
    const url = `https://${secureHost}/plain`;
    const refusal = await refusalOf('', { url, allowed: [secureHost] });
    expect(refusal).to.include({ code: 'OUTGOING_CONNECTION' });
    expect(refusal.message).to.contain('SELF_SIGNED_CERT');
  });

  it('is asked for in words that keep path and query to themselves', async () => {
    const url = 'https://127.0.0.1/hooks/s3cret?key=s3cret';
    expect((await refusalOf('', { url })).message).to.not.contain('s3cret');
  });
});

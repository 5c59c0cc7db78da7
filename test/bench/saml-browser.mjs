// A browser's part of a login: sends forms that it is given, one after the other, and answers null or what went wrong.
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function post(url, { body, cookie }) {
  const headers = {
    cookie,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: 'POST', headers }, (response) => {
      response.resume().on('end', () => {
        if (response.statusCode === 303) resolve();
        else reject(new Error(`A login of the bench answered ${response.statusCode}.`));
      });
    });
    sent.on('error', reject).end(body);
  });
}

process.on('message', async ({ url, logins }) => {
  try {
    for (const login of logins) await post(url, login);
    process.send(null);
  } catch (error) {
    process.send(error.message);
  }
});

// Sends what the forms of the page say, to this host and with the tokens that stand in the page: no cookie goes along.
const find = document.querySelector('#find');

/** Where a form leads: the path with its parameters, and the parts of the query that were filled in. */
function addressOf(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const input of form.querySelectorAll('input[data-in]')) {
    if (input.dataset.in === 'path') path = path.replace(`{${input.name}}`, () => encodeURIComponent(input.value));
    else if (input.value !== '') query.set(input.name, input.value);
  }
  const asked = query.toString();
  return asked === '' ? path : `${path}?${asked}`;
}

function headersOf(form) {
  const headers = new Headers();
  if (form.dataset.type) headers.set('Content-Type', form.dataset.type);
  const token = form.dataset.token && document.getElementById(form.dataset.token);
  if (token?.value)
    headers.set(token.dataset.header, token.dataset.prefix + token.value.trim().replace(/^Bearer /i, ''));
  return headers;
}

const pretty = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
};

function show(output, title, kind, text) {
  const head = document.createElement('p');
  head.className = `status ${kind}`;
  head.textContent = title;
  const body = document.createElement('pre');
  body.tabIndex = 0;
  body.textContent = text;
  output.replaceChildren(head, ...(text === '' ? [] : [body]));
}

async function send(form) {
  const output = form.querySelector('output');
  const button = form.querySelector('button');
  const begun = performance.now();
  button.disabled = true;
  try {
    const answer = await fetch(addressOf(form), {
      method: form.dataset.method,
      headers: headersOf(form),
      credentials: 'omit',
      ...(form.dataset.type ? { body: form.querySelector('textarea').value } : {}),
    });
    const text = await answer.text();
    const took = Math.round(performance.now() - begun);
    const told = ['Location', 'ETag', 'X-Request-Id', 'Retry-After'].flatMap((name) =>
      answer.headers.has(name) ? [`${name}: ${answer.headers.get(name)}`] : [],
    );
    const title = `${answer.status} ${answer.statusText}, ${took} ms`;
    show(
      output,
      title,
      answer.ok ? 'good' : 'bad',
      [...told, ...(text === '' ? [] : ['', pretty(text)])].join('\n').trim(),
    );
  } catch (error) {
    show(output, 'No answer', 'bad', `${error.message}. Is the host running, and is this page open at its address?`);
  }
  button.disabled = false;
}

for (const form of document.querySelectorAll('form.try')) {
  form.querySelector('button').disabled = false;
  form.querySelector('.needs-script').hidden = true;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(form);
  });
}

/** Opens what the address names, which a browser does not do by itself. */
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!(target instanceof HTMLDetailsElement)) return;
  target.open = true;
  target.scrollIntoView();
}
addEventListener('hashchange', openTarget);
openTarget();

find.closest('label').hidden = false;
find.addEventListener('input', () => {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const section of document.querySelectorAll('main section')) {
    const operations = [...section.querySelectorAll('details[data-words]')];
    for (const operation of operations)
      operation.hidden = !words.every((word) => operation.dataset.words.includes(word));
    if (operations.length > 0) section.hidden = operations.every(({ hidden }) => hidden);
  }
});

// The process of expressions. Plain JavaScript, so that it starts in milliseconds and without any loader, be it from the
// sources or from dist/. JSONata runs in a realm of its own that has the language's own globals and nothing else: no
// process, no require, no fetch, no timers, no way to make code from text. Only text crosses between that realm and this.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import vm from 'node:vm';

const realm = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });

const sandboxFile = new URL('./sandbox.js', import.meta.url);
const jsonataFile = createRequire(import.meta.url).resolve('jsonata');
const jsonata = `(function (module, exports, global) {${readFileSync(jsonataFile, 'utf8')}\n})`;
const evaluate = vm.runInContext(readFileSync(sandboxFile, 'utf8'), realm, { filename: 'sandbox.js' })(
  vm.runInContext(jsonata, realm, { filename: 'jsonata.js' }),
);

async function answer({ batch, resource, patience }) {
  const until = Date.now() + patience;
  const values = [];
  for (const { id, expression } of batch) {
    if (batch.length > 1) process.send({ is: 'begun', row: id });
    const { json, ...failure } = JSON.parse(await evaluate(expression, resource, Math.max(until - Date.now(), 1)));
    if (failure.code) return { values, failure: { row: id, ...failure } };
    if (json !== undefined) values.push([id, json]);
  }
  return { values };
}

// The host decides when this ends, and waits for what is under way; without it there is nobody to answer.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.on('disconnect', () => process.exit());
process.on('message', async (task) => process.send({ is: 'done', ...(await answer(task)) }));
process.send({ is: 'ready' });

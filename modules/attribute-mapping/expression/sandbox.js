// A script for the bare realm: its value is a function that takes the loader of JSONata and answers the evaluator
// `(expression, resource as JSON text, milliseconds) → JSON text of { json } or { code, message }`.
(load) => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

  function encodeBase64(binary) {
    let text = '';
    for (let i = 0; i < binary.length; i += 3) {
      const [a, b, c] = [0, 1, 2].map((k) => binary.charCodeAt(i + k) & 255);
      const left = binary.length - i;
      text += alphabet[a >> 2] + alphabet[((a & 3) << 4) | (b >> 4)];
      text += left > 1 ? alphabet[((b & 15) << 2) | (c >> 6)] : '=';
      text += left > 2 ? alphabet[c & 63] : '=';
    }
    return text;
  }

  function decodeBase64(text) {
    let binary = '';
    let bits = 0;
    let held = 0;
    for (const letter of text.replace(/-/g, '+').replace(/_/g, '/')) {
      const value = alphabet.indexOf(letter);
      if (value < 0) continue;
      bits = ((bits << 6) | value) & 0xffff;
      held += 6;
      if (held < 8) continue;
      held -= 8;
      binary += String.fromCharCode((bits >> held) & 255);
    }
    return binary;
  }

  // As much of Node's Buffer as JSONata's base64 functions use, made of this realm's own objects.
  class Bytes {
    constructor(text, encoding) {
      this.binary = encoding === 'base64' ? decodeBase64(text) : text;
    }

    toString(encoding) {
      return encoding === 'base64' ? encodeBase64(this.binary) : this.binary;
    }
  }

  const module = { exports: {} };
  load(module, module.exports, { Buffer: { from: Bytes } });
  const jsonata = module.exports;

  // One expression can't leave anything behind for the next: no new members on what every object inherits.
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'console']) delete globalThis[name];
  for (const kind of [Object, Array, Function, String, Number, Boolean, RegExp, Date, Map, Set, Error, Promise]) {
    Object.seal(kind);
    Object.seal(kind.prototype);
  }
  Object.freeze(Promise.prototype);

  const limits = { timeout: 1, stack: 500, sequence: 10000 };
  const longestResult = 100000;

  // The same user must always come to the same customer, or a patch that changes nothing would change something.
  const withheld = ['random', 'shuffle', 'now', 'millis'];
  const withhold = (name) => () => {
    throw {
      code: 'withheld',
      message: `$${name}() is not offered, because the same user must always come to the same value`,
    };
  };

  const known = new Map();
  function compiled(text) {
    let expression = known.get(text);
    if (expression) return expression;
    expression = jsonata(text, limits);
    for (const name of withheld) expression.registerFunction(name, withhold(name));
    if (known.size >= 500) known.clear();
    known.set(text, expression);
    return expression;
  }

  const plain = (_name, value) => {
    // Functions of JSONata are objects that hold one.
    if (typeof value === 'function')
      throw { code: 'function', message: 'it answers a function; call it, or answer what it answers' };
    if (typeof value === 'number' && !Number.isFinite(value))
      throw { code: 'number', message: 'it answers a number that is none, as after a division by 0' };
    return value;
  };

  const tooBig = (message) => ({ code: 'too-big', message });

  function failureOf(error) {
    const code = String(error?.code ?? '');
    const message = String(error?.message ?? error).slice(0, 300);
    if (code === 'D1012') return { code: 'too-slow', message: '' };
    if (error instanceof RangeError || ['D1011', 'D2014', 'D2015', 'U1001'].includes(code)) return tooBig(message);
    const where = typeof error?.position === 'number' ? ` (at character ${error.position})` : '';
    const syntax = code.startsWith('S0') || error instanceof SyntaxError;
    return { code: syntax ? 'syntax' : 'failed', message: `${message}${where}` };
  }

  return async (text, resource, milliseconds) => {
    try {
      limits.timeout = milliseconds;
      const json = JSON.stringify(await compiled(text).evaluate(JSON.parse(resource)), plain);
      if (json !== undefined && json.length > longestResult)
        return JSON.stringify(tooBig(`its value has ${json.length} characters; at most ${longestResult} can be kept`));
      return JSON.stringify({ json });
    } catch (error) {
      return JSON.stringify(failureOf(error));
    }
  };
};

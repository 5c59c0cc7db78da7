import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Transform, TransformOptions } from './transform.ts';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
const validators = new WeakMap<Transform, ValidateFunction>();

function validatorOf(transform: Transform): ValidateFunction {
  let validator = validators.get(transform);
  if (!validator) {
    validator = ajv.compile(transform.options);
    validators.set(transform, validator);
  }
  return validator;
}

function sentence({ instancePath, keyword, params, message }: ErrorObject): string {
  const name = instancePath.slice(1).replaceAll('/', '.');
  if (keyword === 'additionalProperties') return `there is no option "${params.additionalProperty}"`;
  if (keyword === 'required') return `"${params.missingProperty}" is missing`;
  if (keyword === 'enum') return `"${name}" must be one of ${JSON.stringify(params.allowedValues).slice(1, -1)}`;
  return name === '' ? String(message) : `"${name}" ${message}`;
}

/** What is wrong with the options of a transform against its schema; undefined where nothing is. */
export function optionsFault(transform: Transform, options: TransformOptions): string | undefined {
  const validate = validatorOf(transform);
  if (validate(options)) return undefined;
  return (validate.errors ?? []).map(sentence).join('; ');
}

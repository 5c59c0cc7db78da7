import type { CustomerAttribute } from '../../customer/index.ts';
import { attributeCrossing } from '../crossing/attribute.ts';
import { active, boolean, type Crossing, country, text } from '../crossing/crossing.ts';
import { type StoreChoices, storeChoice } from '../crossing/store-choice.ts';
import { time } from '../crossing/time.ts';
import { isOffered, kindOf } from '../custom/kind.ts';
import { addressFields, customerColumns, forbiddenCure, type SpecialTarget, type Target } from '../document/target.ts';

/** Why a target can't be reached. */
export interface TargetFault {
  readonly code: 'target-unknown' | 'target-forbidden';
  readonly message: string;
  readonly cure: string;
}

const isFault = (found: Crossing | TargetFault): found is TargetFault => 'cure' in found;

export { isFault as isTargetFault };

const day = time(true);

/** How values cross to a target, or why they can't. `attributes` is undefined where the store's have not been read yet. */
export function targetCrossing(
  target: Target,
  attributes: ReadonlyMap<string, CustomerAttribute> | undefined,
  choices?: StoreChoices,
): Crossing | TargetFault {
  switch (target.kind) {
    case 'special':
      return specialCrossing(target.key, choices);
    case 'address':
      return target.field === 'country_id' ? country : text(addressFields.get(target.field));
    case 'attribute':
      return customerColumns.has(target.code)
        ? columnCrossing(target.code, attributes)
        : customCrossing(target.code, attributes);
  }
}

function specialCrossing(key: SpecialTarget, choices: StoreChoices | undefined): Crossing {
  if (key === 'newsletter') return boolean;
  return key === 'password' ? text(255) : storeChoice(choices?.[key]);
}

function columnCrossing(
  code: string,
  attributes: ReadonlyMap<string, CustomerAttribute> | undefined,
): Crossing | TargetFault {
  if (code === 'is_active') return active;
  if (code !== 'dob' && code !== 'gender') return text(customerColumns.get(code));
  const attribute = attributes?.get(code);
  const kind = attribute && kindOf(attribute);
  if (attribute && kind) return attributeCrossing(attribute, kind);
  if (code === 'dob') return day;
  return { code: 'target-unknown', message: `The store has no choices for "${code}".`, cure: 'Choose another target.' };
}

function customCrossing(
  code: string,
  attributes: ReadonlyMap<string, CustomerAttribute> | undefined,
): Crossing | TargetFault {
  const cure = forbiddenCure(code);
  if (cure !== undefined)
    return { code: 'target-forbidden', message: `"${code}" can't be written by an identity provider.`, cure };
  if (attributes === undefined) return text(255);
  const attribute = attributes.get(code);
  if (!attribute)
    return {
      code: 'target-unknown',
      message: `The store has no customer attribute "${code}".`,
      cure: `Create it (attribute:create --code ${code}), or choose another target.`,
    };
  const kind = isOffered(attribute) ? kindOf(attribute) : undefined;
  if (kind) return attributeCrossing(attribute, kind);
  return {
    code: 'target-forbidden',
    message: `"${code}" can't be written by an identity provider: it is the store's own, or its values are uploads or choices that only the store's PHP knows.`,
    cure: "Choose an attribute that the store's people have made.",
  };
}

import { defineModule, type ModuleManifest, observe } from '../../../modules/framework/index.ts';
import { SamlAttention } from '../../../modules/saml/index.ts';

/** A module that hears what SAML wants an administrator's eye for, once it is committed. */
export function attentionListener(): { readonly module: ModuleManifest; readonly told: SamlAttention[] } {
  const told: SamlAttention[] = [];
  const module = defineModule({
    name: 'listener',
    version: '1.0.0',
    host: '^1',
    sequence: ['saml'],
    observers: [
      observe(SamlAttention, {
        id: 'listener.hears',
        when: 'committed',
        handle: (attention) => void told.push(attention),
      }),
    ],
  });
  return { module, told };
}

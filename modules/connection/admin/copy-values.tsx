import type { ComponentChildren } from 'preact';
import { Copyable } from '../../admin/index.ts';
import type { IdentityProvider } from './identity-provider.ts';

const calls = ({ name, profile }: IdentityProvider, words: string) =>
  profile === 'generic' || profile === 'interop-strict' ? (
    <>Goes into the field of that name, or one like it.</>
  ) : (
    <>
      {name} calls it <strong>{words}</strong>.
    </>
  );

const otherForm = (provider: IdentityProvider, form: 'bare' | 'header') =>
  form === 'bare' ? (
    <>The token alone; {provider.name} wants the whole header.</>
  ) : (
    <>The token with “Bearer” before it.</>
  );

function Value({ label, value, id, note }: { label: string; value: string; id: string; note: ComponentChildren }) {
  return (
    <div class="copy-value">
      <Copyable label={label} value={value} id={id} />
      <p class="field-help">{note}</p>
    </div>
  );
}

export function BaseUrl({ provider, baseUrl }: { provider: IdentityProvider; baseUrl: string }) {
  return <Value label="SCIM Base URL" value={baseUrl} id="base-url" note={calls(provider, provider.baseUrl)} />;
}

/** A token in both forms, in the one moment in which it is known; either form is understood in either field. */
export function TokenValues({ provider, text }: { provider: IdentityProvider; text: string }) {
  const note = (form: 'bare' | 'header') =>
    form === provider.pastes ? calls(provider, provider.token) : otherForm(provider, form);
  return (
    <>
      <Value label="SCIM Bearer Token" value={text} id="token" note={note('bare')} />
      <Value label="Authorization Header" value={`Bearer ${text}`} id="header" note={note('header')} />
    </>
  );
}

import type { VisitorPage } from '../../store/index.ts';

/** Carries a message to the identity provider: by the script on its own, without scripts by the button. */
export function postForm(given: {
  readonly title: string;
  readonly shop: string | undefined;
  readonly address: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly script: string;
}): VisitorPage {
  const { title, shop, address, fields, script } = given;
  return {
    title,
    shop,
    script,
    body: (
      <form method="post" action={address} data-submit>
        {fields.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <p>You go on at your identity provider. If nothing happens, press the button.</p>
        <p class="actions">
          <button type="submit">Continue</button>
        </p>
      </form>
    ),
  };
}

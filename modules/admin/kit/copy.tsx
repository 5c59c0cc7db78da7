import { Icon } from './icon.tsx';

/**
 * A value to be pasted elsewhere, with a button that copies it. Without JavaScript the field can be marked and copied by
 * hand.
 */
export function Copyable({ label, value, id }: { label: string; value: string; id: string }) {
  return (
    <div class="copyable">
      <label for={id}>{label}</label>
      <div class="copy-line">
        <input id={id} class="code" readOnly value={value} spellcheck={false} autocomplete="off" />
        <button type="button" class="button plain copy" data-copy={id} hidden>
          <Icon name="copy" />
          <span data-said="Copied">Copy</span>
          <span class="visually-hidden"> {label}</span>
        </button>
      </div>
    </div>
  );
}

/** Lines of code or a command, with a copy button. */
export function CodeBlock({ children, label = 'Code', id }: { children: string; label?: string; id?: string }) {
  return (
    <div class="code-block">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="code-scroll" tabIndex={0} aria-label={label}>
        <pre id={id}>
          <code>{children}</code>
        </pre>
      </section>
      {id && (
        <button type="button" class="button quiet copy" data-copy={id} hidden>
          <Icon name="copy" />
          <span data-said="Copied">Copy</span>
          <span class="visually-hidden"> {label}</span>
        </button>
      )}
    </div>
  );
}

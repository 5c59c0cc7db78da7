/** A sentence of a guide: what stands between `**` is what the console says. */
export function GuideText({ children }: { children: string }) {
  return <p>{children.split('**').map((part, at) => (at % 2 === 1 ? <strong key={at}>{part}</strong> : part))}</p>;
}

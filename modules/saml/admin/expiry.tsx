import { Badge, Moment } from '../../admin/index.ts';

const day = 86_400_000;
const soonDays = 30;

/** When a certificate ends, and whether that is near or over. */
export function Expiry({ notAfter, now }: { notAfter: Date; now: Date }) {
  const left = notAfter.getTime() - now.getTime();
  return (
    <>
      {left <= 0 ? 'ended' : 'ends'} <Moment at={notAfter} />{' '}
      {left <= 0 ? (
        <Badge tone="bad">Ended</Badge>
      ) : (
        left < soonDays * day && <Badge tone="warn">Ends in {Math.ceil(left / day)} days</Badge>
      )}
    </>
  );
}

/** A SHA-256 fingerprint as consoles show it. */
export const shownFingerprint = (hex: string): string => hex.toUpperCase().match(/../g)?.join(':') ?? hex;

import { renderSVG } from 'uqr';

/** A QR code. Its text is shown beside it: not everybody can scan. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const svg = renderSVG(text, { ecc: 'M', border: 2, pixelSize: 6 });
  return <img class="qr" alt={label} src={`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`} />;
}

// The proof of a role: three attempts to assume it, and whose account it is in.
import { html } from './vendor/preact.js';

/** @typedef {import('./ui.js').Tone} Tone */
/** @typedef {import('./api.js').Schemas['Proof']['probes'][number]} Probe */

/** @type {{ attempt: Probe['attempt'], title: string, allowed: boolean }[]} */
const ATTEMPTS = [
  { attempt: 'with_external_id', title: 'With our External ID', allowed: true },
  { attempt: 'without_external_id', title: 'Without an External ID', allowed: false },
  { attempt: 'with_another_external_id', title: 'With another External ID', allowed: false },
];

/**
 * The lines of a proof, as far as they are known.
 * @param {{ probes: Probe[], account?: string, busy?: boolean, denied?: string }} props
 *   `denied`: AWS's code, where it did not even let us in with the External ID
 */
export const ProofLines = ({ probes, account, busy = false, denied }) => html`<ol class="proof">
  ${ATTEMPTS.map(({ attempt, title, allowed }) => {
    const probe = probes.find(each => each.attempt === attempt);
    if (probe !== undefined) {
      return html`<${Line} key=${attempt} title=${title} good=${probe.allowed === allowed} said=${said(probe, allowed)} />`;
    }
    if (attempt === 'with_external_id' && denied !== undefined) {
      return html`<${Line} key=${attempt} title=${title} good=${false} said=${`denied (${denied})`} />`;
    }
    return html`<${Line} key=${attempt} title=${title} good=${null} said=${`must be ${allowed ? 'allowed' : 'denied'}${busy ? ': being tried…' : ''}`} />`;
  })}
  <${Line} title="Whose account it is" good=${account === undefined ? null : true} said=${account ?? 'the one that the role’s ARN names'} />
</ol>`;

/** @param {Probe} probe @param {boolean} expected */
const said = ({ allowed, errorCode }, expected) => {
  const what = allowed ? 'allowed' : `denied (${errorCode})`;
  return allowed === expected ? `${what}, as it must be` : `${what}, and must not be`;
};

/** @param {{ title: string, good: boolean | null, said: string }} props */
const Line = ({ title, good, said }) => html`<li class=${good === null ? 'open' : good ? 'good' : 'bad'}>
  <span class="sign" aria-hidden="true">${good === null ? '·' : good ? '✓' : '✕'}</span>
  <span><strong>${title}</strong>: ${said}</span></li>`;

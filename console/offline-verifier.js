// Makes the file for later: one HTML file that checks receipts from a disk, with the same text that checks them here.
import { hex } from './receipt-check.js';

/** @typedef {import('./receipt-check.js').Jwk} Jwk */

const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}textarea{width:100%;box-sizing:border-box;font:.875rem ui-monospace,monospace}label{display:block;margin:1rem 0 .25rem;font-weight:600}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #8886;overflow-wrap:anywhere}code{overflow-wrap:anywhere}#result.good{border-left:4px solid #17804b;padding-left:1rem}#result.bad{border-left:4px solid #c8281f;padding-left:1rem}`;

const BODY = `<h1>Check a receipt of CloudOperator</h1>
<p>This file checks receipts of deletion on your computer. It asks nobody: its own policy forbids it every connection.</p>
<label for="receipt">Receipt</label><textarea id="receipt" rows="6" spellcheck="false"></textarea><input type="file" id="receipt-file" aria-label="Receipt from a file">
<label for="keys">Public key (a JWK Set); if empty, that of the deployment this file is from</label><textarea id="keys" rows="3" spellcheck="false"></textarea><input type="file" id="keys-file" aria-label="Public key from a file">
<div id="result" role="status"></div>
<hr><p>Key in this file: <code id="own"></code></p><p>SHA-256 of this file's script: <code id="digest"></code></p>
<p>A valid receipt proves no more than that the holder of the key signed it. Compare the key's SHA-256 with the one that the console showed, or that somebody else has kept.</p>
<noscript><p>The check is a script in this file; it needs JavaScript.</p></noscript>`;

/** A module's text as part of one script: nothing is imported into a page from a disk. @param {string} source */
const inlined = source => source.replaceAll(/^import\b.*;\n/gm, '').replaceAll(/^export /gm, '');

/** @param {string} text */
const sha256 = async text => new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

/**
 * The file, and what it can be known by.
 * @param {Jwk[]} keys that it checks with unless it is given others
 * @param {(module: string) => Promise<string>} source the text of a module beside this one
 * @returns {Promise<{ html: string, scriptDigest: string }>}
 */
export const offlineVerifier = async (keys, source) => {
  const modules = await Promise.all(['receipt-check.js', 'offline-page.js'].map(source));
  // No text of JSON ends the script: a key's members are base64url and ids, and < is written out all the same.
  const own = JSON.stringify(keys).replaceAll('<', '\\u003c');
  const script = `'use strict';\n{\n${modules.map(inlined).join('\n')}\nstart(${own}, document.currentScript.textContent);\n}\n`;
  const [scriptHash, styleHash] = await Promise.all([script, STYLE].map(sha256));
  const hash = (/** @type {Uint8Array} */ bytes) => `'sha256-${btoa(String.fromCharCode(...bytes))}'`;
  return {
    html: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${hash(scriptHash)}; style-src ${hash(styleHash)}; base-uri 'none'; form-action 'none'">
<title>Check a receipt of CloudOperator</title><style>${STYLE}</style></head><body>
${BODY}
<script>${script}</script></body></html>
`,
    scriptDigest: hex(scriptHash.buffer),
  };
};

/** The text of a module as it is served. @param {string} module */
export const served = async module => {
  const response = await fetch(new URL(module, import.meta.url));
  if (!response.ok) {
    throw new Error(`${module} could not be fetched`);
  }
  return response.text();
};

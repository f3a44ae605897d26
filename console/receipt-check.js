// Checks receipts of deletion with a public key alone, and says what they say. The file for later, which works without us, has this very text in it: it imports nothing.

/** @typedef {{ kty?: string, alg?: string, kid?: string, n?: string, e?: string }} Jwk */
/** @typedef {{ what: string, count: number }} Deleted */
/** @typedef {{ what: string, where?: string, until?: string, how: string }} Remainder */
/** @typedef {{ id: string, kind: string, tenant: string, connection?: string, account?: string, at: string, deleted: Deleted[], remains: Remainder[] }} Receipt */
/** @typedef {{ valid: true, receipt: Receipt, kid: string, fingerprint: string } | { valid: false, reason: string }} Checked */

const LONGEST = 12_000;

/** The answer to a receipt that is none; the reason is a sentence. */
class Refusal extends Error {}

/**
 * Whether one of these keys signed exactly this.
 * @param {string} jws compact (RFC 7515): RS256, of type receipt+jwt
 * @param {Jwk[]} keys
 * @returns {Promise<Checked>}
 */
export const checkReceipt = async (jws, keys) => {
  try {
    return await verified(jws, keys);
  } catch (e) {
    if (e instanceof Refusal) {
      return { valid: false, reason: e.message };
    }
    throw e;
  }
};

/**
 * @param {string} jws
 * @param {Jwk[]} keys
 * @returns {Promise<Checked>}
 */
const verified = async (jws, keys) => {
  if (jws.length > LONGEST) {
    throw new Refusal('It is longer than any receipt.');
  }
  const parts = jws.split('.');
  if (parts.length !== 3) {
    throw new Refusal('It is not a compact JWS: that has three parts.');
  }
  const [header, payload, signature] = parts.map(decoded);
  // The text must not choose how it is checked: https://www.rfc-editor.org/rfc/rfc8725#section-3.1
  const { alg, typ, kid, ...others } = object(header) ?? {};
  if (typeof alg !== 'string' || typeof typ !== 'string' || typeof kid !== 'string' || Object.keys(others).length > 0) {
    throw new Refusal('Its header is not that of a receipt.');
  }
  if (alg !== 'RS256') {
    throw new Refusal('Receipts are signed with RS256; this is not.');
  }
  if (typ !== 'receipt+jwt') {
    throw new Refusal('Its type is not that of a receipt.');
  }
  const key = keys.find(each => each.kid === kid);
  if (key === undefined) {
    throw new Refusal(`It names the key ${/^[\w-]{1,64}$/.test(kid) ? kid : 'of another form'}, which is not the one it is checked with.`);
  }
  if (!(await signed(key, signature, new TextEncoder().encode(`${parts[0]}.${parts[1]}`)))) {
    throw new Refusal('The signature does not belong to this content.');
  }
  const receipt = object(payload);
  if (!isReceipt(receipt)) {
    throw new Refusal('It is signed, but it is not a receipt.');
  }
  return { valid: true, receipt, kid, fingerprint: await fingerprint(key) };
};

/**
 * @param {Jwk} jwk
 * @param {Uint8Array<ArrayBuffer>} signature
 * @param {Uint8Array<ArrayBuffer>} content
 */
const signed = async ({ kty, n, e }, signature, content) => {
  let key;
  try {
    key = await crypto.subtle.importKey('jwk', { kty, n, e }, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['verify']);
  } catch {
    throw new Refusal('The key is not an RSA key.');
  }
  return crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, signature, content);
};

/**
 * The bytes of a part. There is one text for one receipt: no padding, no blanks, no spare bits.
 * @param {string} part
 */
const decoded = part => {
  if (/^[\w-]*$/.test(part)) {
    try {
      const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
      if (base64Url(bytes) === part) {
        return bytes;
      }
    } catch {
      // Said below.
    }
  }
  throw new Refusal('It is not a compact JWS: its parts are base64url, unpadded.');
};

/** @param {Uint8Array} bytes */
const base64Url = bytes => btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/**
 * @param {Uint8Array} json
 * @returns {Record<string, unknown> | null} null if it is no object
 */
const object = json => {
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(json));
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
};

/**
 * @param {any} value
 * @returns {value is Receipt}
 */
const isReceipt = value =>
  value !== null
  && [value.id, value.kind, value.tenant, value.at].every(each => typeof each === 'string')
  && [value.connection, value.account].every(each => each === undefined || typeof each === 'string')
  && Array.isArray(value.deleted) && value.deleted.every((/** @type {any} */ each) => typeof each?.what === 'string' && Number.isSafeInteger(each.count))
  && Array.isArray(value.remains) && value.remains.every((/** @type {any} */ each) =>
    typeof each?.what === 'string' && typeof each.how === 'string' && [each.where, each.until].every(text => text === undefined || text === null || typeof text === 'string'));

/**
 * The thumbprint of a key (RFC 7638): what two people compare to know that they have the same.
 * @param {Jwk} key
 */
export const fingerprint = async ({ e, kty, n }) =>
  hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify({ e, kty, n }))));

/** @param {ArrayBuffer} bytes */
export const hex = bytes => Array.from(new Uint8Array(bytes), byte => byte.toString(16).padStart(2, '0')).join('');

/** @typedef {{ signature: string, keys: Jwk[], beside?: unknown }} Given beside: what stood in the file as readable text, which nobody signed */

/**
 * What somebody pasted or dropped: a receipt as a deletion answers it, the file that the console keeps of it, or its JWS alone; or keys.
 * @param {string} text
 * @returns {Partial<Given>} empty if it is nothing of these
 */
export const given = text => {
  const trimmed = text.trim();
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(trimmed)) {
    return { signature: trimmed };
  }
  try {
    const value = JSON.parse(trimmed);
    const keys = Array.isArray(value?.keys) ? value.keys : value?.kty === undefined ? undefined : [value];
    return {
      ...(typeof value?.signature === 'string' ? { signature: value.signature, beside: value.receipt } : {}),
      ...(keys === undefined ? {} : { keys }),
    };
  } catch {
    return {};
  }
};

/**
 * Whether two JSON values are the same, whatever the order of members.
 * @param {any} a
 * @param {any} b
 * @returns {boolean}
 */
export const same = (a, b) => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return a === b;
  }
  const names = Object.keys(a);
  return Array.isArray(a) === Array.isArray(b) && names.length === Object.keys(b).length && names.every(name => Object.hasOwn(b, name) && same(a[name], b[name]));
};

/** @type {Record<string, string>} */
const KINDS = { disconnect: 'A connection was ended', purge: 'The results of a connection were deleted', tenant_purge: 'Everything of a tenant was deleted' };

/** A time of a receipt as people read it, always in UTC: nobody knows where it will be read. @param {string} at */
const utc = at => at.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');

/**
 * What a receipt says, in words.
 * @param {Receipt} receipt
 */
export const told = receipt => ({
  title: KINDS[receipt.kind] ?? receipt.kind.replaceAll('_', ' '),
  facts: /** @type {[string, string][]} */ ([
    ['Deleted by', utc(receipt.at)],
    ['Tenant', receipt.tenant],
    ['Connection', receipt.connection ?? ''],
    ['AWS account', receipt.account ?? ''],
    ['Receipt', receipt.id],
  ].filter(([, value]) => value !== '')),
  deleted: receipt.deleted.map(({ what, count }) => /** @type {[string, string]} */ ([what.replaceAll('_', ' '), count.toLocaleString('en')])),
  remains: receipt.remains.map(({ what, where, until, how }) => ({ what, where: where ?? 'not said', until: until ? utc(until) : 'not a matter of time alone', how })),
});

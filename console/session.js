// Who looks at the pages: an access token, in memory alone. On a laptop `serve` prints an address with the token in its fragment; deployed,
// people sign in at the user pool (authorization code with PKCE, RFC 7636).
import { replace, signal } from './router.js';

/** @typedef {{ issuer: string, clientId: string, authorizationEndpoint: string, tokenEndpoint: string, logoutEndpoint?: string, scope: string }} SignIn */
/** @typedef {{ version?: string, signIn?: SignIn }} Settings */
/** @typedef {{ token: string, subject: string, scopes: string[] }} Session */
/** @typedef {{ state: string, nonce: string, verifier: string, route: string, fresh: boolean }} Begun fresh: the session before it did not suffice */

// What outlasts the way to the user pool and back: no token.
const BEGUN = 'cloudoperator.sign-in';
// The laptop's token, so that a reload of the tab works; deployed, a reload goes by the user pool again.
const LAPTOP = 'cloudoperator.token';

/** The session; null before there is one. */
export const session = signal(/** @type {Session | null} */ (null));

/**
 * Whether the token has a scope. It is the API that refuses; here what would be refused is not offered.
 * @param {'read' | 'write' | 'delete'} scope
 */
export const may = scope => session.value?.scopes.includes(`cloudoperator/${scope}`) ?? false;

/** What came of signing in, in a sentence: why there is no session, or that there is another one. */
export const said = signal('');

/** @type {Settings} */
let settings = {};

/** Whether people sign in here; else a token comes from `serve`. */
export const signsIn = () => settings.signIn !== undefined;

/**
 * Takes the token from the address, ends a sign-in, or begins one.
 * @param {Settings} given
 */
export const begin = async given => {
  settings = given;
  if (takeFromAddress()) {
    return;
  }
  if (settings.signIn === undefined) {
    const kept = sessionStorage.getItem(LAPTOP);
    if (kept !== null) {
      use(kept);
    }
  } else if (new URLSearchParams(location.search).has('state')) {
    await endSignIn(settings.signIn);
  } else {
    await signIn();
  }
};

/**
 * Takes a token from the fragment of the address, where there is one, and takes it out of there. Where people sign in it is not used: a link
 * could make them work with somebody else's.
 */
export const takeFromAddress = () => {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) {
    return false;
  }
  replace('/');
  if (settings.signIn !== undefined) {
    return false;
  }
  sessionStorage.setItem(LAPTOP, token);
  use(token);
  return true;
};

/**
 * Goes to the user pool. It comes back by itself where the browser is signed in there already.
 * @param {{ fresh?: boolean }} [how] fresh: the password is asked for, however lately it was
 */
export const signIn = async ({ fresh = false } = {}) => {
  const pool = settings.signIn;
  if (pool === undefined) {
    return;
  }
  /** @type {Begun} */
  const begun = { state: random(), nonce: random(), verifier: random(), route: location.hash.slice(1), fresh };
  sessionStorage.setItem(BEGUN, JSON.stringify(begun));
  const challenge = base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(begun.verifier))));
  location.assign(`${pool.authorizationEndpoint}?${new URLSearchParams({
    response_type: 'code',
    client_id: pool.clientId,
    redirect_uri: callback(),
    scope: pool.scope,
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(fresh ? { prompt: 'login', max_age: '0' } : {}),
  })}`);
};

/** Forgets the token here, and the sign-in at the user pool. */
export const signOut = () => {
  session.value = null;
  sessionStorage.removeItem(LAPTOP);
  const pool = settings.signIn;
  if (pool?.logoutEndpoint !== undefined) {
    location.assign(`${pool.logoutEndpoint}?${new URLSearchParams({ client_id: pool.clientId, logout_uri: callback() })}`);
  }
};

/** The API has refused the token: there is no session any more. */
export const expire = () => {
  session.value = null;
  sessionStorage.removeItem(LAPTOP);
  said.value = signsIn()
    ? 'Your session has ended.'
    : 'The token has expired or is of an earlier start. Open the address that ./cloudoperator serve prints as console.';
};

/** @param {SignIn} pool */
const endSignIn = async pool => {
  const answer = new URLSearchParams(location.search);
  const kept = sessionStorage.getItem(BEGUN);
  sessionStorage.removeItem(BEGUN);
  /** @type {Begun | null} */
  const begun = kept === null ? null : JSON.parse(kept);
  replace(begun?.route || '/');
  if (begun === null || answer.get('state') !== begun.state) {
    said.value = 'This answer belongs to no sign-in that was begun in this tab.';
    return;
  }
  const code = answer.get('code');
  if (code === null) {
    said.value = `Sign-in was refused: ${answer.get('error_description') ?? answer.get('error') ?? 'no reason was given'}.`;
    return;
  }
  const response = await fetch(pool.tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: pool.clientId,
      code,
      redirect_uri: callback(),
      code_verifier: begun.verifier,
    }),
  }).catch(() => null);
  const tokens = response?.ok ? await response.json() : null;
  if (tokens === null) {
    said.value = 'The user pool did not take the code that it had sent. Sign in again.';
    return;
  }
  if (tokens.id_token !== undefined && claims(tokens.id_token).nonce !== begun.nonce) {
    said.value = 'The user pool answered to another sign-in than this one.';
    return;
  }
  use(tokens.access_token);
  if (begun.fresh) {
    said.value ||= 'You have signed in again. Nothing was done yet: ask for it once more.';
  }
};

/** @param {string} token */
const use = token => {
  try {
    // Providers name scopes by either claim, in a text or a list, and API Gateway takes them so.
    const { username, sub, scope, scp } = claims(token);
    session.value = {
      token,
      subject: String(username ?? sub ?? ''),
      scopes: [scope ?? scp ?? ''].flat().join(' ').split(' '),
    };
    said.value = '';
  } catch {
    said.value = 'The address holds no access token that can be read.';
  }
};

/**
 * What a token says. It is the API that checks it.
 * @param {string} token
 * @returns {Record<string, unknown>}
 */
const claims = token => {
  const bytes = Uint8Array.from(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
};

const callback = () => `${location.origin}/console`;

const random = () => base64Url(crypto.getRandomValues(new Uint8Array(32)));

/** @param {Uint8Array} bytes */
const base64Url = bytes =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

// Where people sign in: a small OpenID provider that takes the code flow with PKCE alone, and a deployment's origin that sends them there.
import { createHash, randomUUID } from 'node:crypto';
import { createServer, request } from 'node:http';

/** @typedef {import('./backend.js').Backend} Backend */
/** @typedef {{ challenge: string, nonce: string, redirect: string, client: string }} Issued */

const CLIENT = 'console';

/** @param {import('node:http').RequestListener} listener @returns {Promise<{ origin: string, close: () => void }>} */
const listening = listener =>
  new Promise(resolve => {
    const server = createServer(listener).listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      resolve({
        origin: `http://127.0.0.1:${port}`,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });

/** @param {import('node:http').IncomingMessage} message @returns {Promise<string>} */
const bodyOf = async message => {
  let text = '';
  for await (const chunk of message) {
    text += chunk;
  }
  return text;
};

/** @param {object} part */
const encoded = part => Buffer.from(JSON.stringify(part)).toString('base64url');

/**
 * A provider. Whoever has its cookie is signed in there; else it shows a page with one button.
 * @param {Backend} backend whose token it gives
 */
export const provide = async backend => {
  /** @type {Map<string, Issued>} */
  const codes = new Map();
  const seen = { authorizations: /** @type {URLSearchParams[]} */ ([]), pages: 0, tokens: 0, refused: /** @type {string[]} */ ([]) };
  // What it does wrong, for a test that looks for the consequence. Stale: the sign-in is too long ago to delete anything, until there is another.
  const faults = { state: '', nonce: '', error: '', token: false, stale: false };

  /** @param {URLSearchParams} asked */
  const back = asked => {
    const address = new URL(/** @type {string} */ (asked.get('redirect_uri')));
    address.searchParams.set('state', faults.state || (asked.get('state') ?? ''));
    if (faults.error) {
      address.searchParams.set('error', 'access_denied');
      address.searchParams.set('error_description', faults.error);
      return address.href;
    }
    const code = randomUUID();
    codes.set(code, {
      challenge: asked.get('code_challenge') ?? '',
      nonce: faults.nonce || (asked.get('nonce') ?? ''),
      redirect: asked.get('redirect_uri') ?? '',
      client: asked.get('client_id') ?? '',
    });
    address.searchParams.set('code', code);
    return address.href;
  };

  /** @param {URLSearchParams} form @returns {string} why it is refused; empty if it is not */
  const refusal = form => {
    const issued = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    if (issued === undefined || form.get('grant_type') !== 'authorization_code') {
      return 'invalid_grant';
    }
    return issued.challenge === challenge && issued.redirect === form.get('redirect_uri') && form.get('client_id') === CLIENT && !form.has('client_secret') ? '' : 'invalid_request';
  };

  const provider = await listening(async (asked, answer) => {
    const address = new URL(asked.url ?? '/', 'http://provider');
    const form = new URLSearchParams(await bodyOf(asked));
    if (address.pathname === '/oauth2/authorize') {
      const query = address.searchParams;
      seen.authorizations.push(query);
      const wrong = query.get('response_type') !== 'code' || query.get('code_challenge_method') !== 'S256' || query.get('client_id') !== CLIENT || (query.get('code_verifier') ?? '') !== '';
      if (wrong) {
        seen.refused.push(address.search);
        answer.writeHead(400).end();
      } else if (asked.headers.cookie?.includes('signed-in=yes') && query.get('prompt') !== 'login') {
        answer.writeHead(302, { location: back(query) }).end();
      } else {
        seen.pages++;
        answer.writeHead(200, { 'content-type': 'text/html' });
        answer.end(`<!doctype html><title>Provider</title><h1>Provider</h1><form method="post" action="/enter"><input type="hidden" name="asked" value="${encodeURIComponent(query.toString())}"><button>Enter</button></form>`);
      }
    } else if (address.pathname === '/enter') {
      faults.stale &&= !decodeURIComponent(form.get('asked') ?? '').includes('prompt=login');
      answer.writeHead(302, { 'set-cookie': 'signed-in=yes', location: back(new URLSearchParams(decodeURIComponent(form.get('asked') ?? ''))) }).end();
    } else if (address.pathname === '/oauth2/token') {
      const nonce = codes.get(form.get('code') ?? '')?.nonce;
      const why = faults.token ? 'invalid_grant' : refusal(form);
      answer.setHeader('access-control-allow-origin', asked.headers.origin ?? '');
      answer.setHeader('content-type', 'application/json');
      if (why !== '') {
        seen.refused.push(why);
        answer.writeHead(400).end(JSON.stringify({ error: why }));
      } else {
        seen.tokens++;
        answer.end(JSON.stringify({ access_token: backend.token, id_token: `${encoded({ alg: 'RS256' })}.${encoded({ nonce })}.c2ln`, token_type: 'Bearer', expires_in: 600 }));
      }
    } else if (address.pathname === '/logout') {
      answer.writeHead(302, { 'set-cookie': 'signed-in=; Max-Age=0', location: address.searchParams.get('logout_uri') ?? '/' }).end();
    } else {
      answer.writeHead(404).end();
    }
  });

  // The deployment: the backend, but for its settings, for what it asks of people before they delete, and for the one more origin that its policy lets the page talk to.
  const settings = JSON.stringify({
    version: '1.0.0',
    signIn: {
      issuer: provider.origin,
      clientId: CLIENT,
      authorizationEndpoint: `${provider.origin}/oauth2/authorize`,
      tokenEndpoint: `${provider.origin}/oauth2/token`,
      logoutEndpoint: `${provider.origin}/logout`,
      scope: 'openid cloudoperator/read cloudoperator/write cloudoperator/delete',
    },
  });
  const behind = new URL(backend.url);
  const deployed = await listening((asked, answer) => {
    if (asked.url === '/console/settings') {
      answer.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache' }).end(settings);
      return;
    }
    // As Request.java answers people; PeopleTest holds it against the backend.
    if (asked.method === 'DELETE' && faults.stale) {
      answer.writeHead(403, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ title: 'The sign-in was too long ago', status: 403, code: 'sign_in_again', detail: 'Sign in again.', retryable: false }));
      return;
    }
    const passed = request({ host: behind.hostname, port: behind.port, path: asked.url, method: asked.method, headers: { ...asked.headers, host: behind.host } }, given => {
      const policy = given.headers['content-security-policy'];
      answer.writeHead(given.statusCode ?? 500, {
        ...given.headers,
        ...(policy === undefined ? {} : { 'content-security-policy': String(policy).replace("connect-src 'self'", `connect-src 'self' ${provider.origin}`) }),
      });
      given.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  return {
    url: deployed.origin,
    origin: provider.origin,
    seen,
    faults,
    close: () => {
      provider.close();
      deployed.close();
    },
  };
};

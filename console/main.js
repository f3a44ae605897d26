// The console: finds out who looks, and shows the page of the address.
import { html, render, useEffect, useState } from './vendor/preact.js';
import { match, onChange, place } from './router.js';
import { begin, said, session, signIn, signOut, signsIn, takeFromAddress } from './session.js';
import { Loading, Note, Page, Patterns } from './ui.js';

/** @typedef {import('./vendor/preact.js').ComponentType<any>} Component */

/**
 * Pages by their addresses; each is fetched when it is first shown.
 * @type {[pattern: string, load: () => Promise<Component>][]}
 */
const PAGES = [
  ['/', async () => (await import('./screens/connections.js')).Connections],
  ['/connect', async () => (await import('./screens/connect.js')).Connect],
  ['/connections/:id/connect', async () => (await import('./screens/connect.js')).Connect],
  ['/connections/:id', async () => (await import('./screens/result.js')).Result],
  ['/connections/:id/scans/:scan', async () => (await import('./screens/scan.js')).Scan],
  ['/connections/:id/trends', async () => (await import('./screens/trends.js')).Trends],
  ['/connections/:id/apis', async () => (await import('./screens/apis.js')).Apis],
  ['/connections/:id/calls', async () => (await import('./screens/calls.js')).Calls],
  ['/connections/:id/permission', async () => (await import('./screens/permission.js')).Permission],
  ['/connections/:id/leave', async () => (await import('./screens/leave.js')).Leave],
  ['/receipt', async () => (await import('./screens/receipt.js')).Receipt],
];

// Those that nobody needs to sign in for.
const OPEN = new Set(['/receipt']);

/** @param {{ path: string }} props */
const Screen = ({ path }) => {
  const [shown, setShown] = useState(/** @type {{ path: string, Component: Component, props: object } | null} */ (null));
  useEffect(() => {
    let wanted = true;
    const found = PAGES.map(([pattern, load]) => ({ load, props: match(pattern, path) })).find(({ props }) => props !== null);
    if (found === undefined) {
      setShown({ path, Component: NoSuchPage, props: {} });
    } else {
      found.load().then(
        Component => wanted && setShown({ path, Component, props: found.props ?? {} }),
        () => wanted && setShown({ path, Component: NotLoaded, props: {} }),
      );
    }
    return () => {
      wanted = false;
    };
  }, [path]);
  return shown === null || shown.path !== path ? html`<${Loading} />` : html`<${shown.Component} key=${path} ...${shown.props} />`;
};

const NoSuchPage = () => html`<${Page} title="No such page"><p>Nothing is at this address. <a href="#/">All connections</a></p></${Page}>`;

const NotLoaded = () => html`<${Page} title="The page did not load">
  <p>A part of the console could not be fetched; a new version may have been deployed.</p>
  <button type="button" onClick=${() => location.reload()}>Reload</button></${Page}>`;

const SignedOut = () => html`<${Page} title="Sign in">
  ${said.value && html`<${Note} tone="warn" title=${said.value} />`}
  ${signsIn()
    ? html`<button type="button" class="primary" onClick=${() => signIn()}>Sign in</button>`
    : html`<p>This console runs on a laptop. <code>./cloudoperator serve</code> prints its address with a token, as its line <code>console:</code>. Open that.</p>`}
  <p><a href="/security">What CloudOperator does with an account, and what it promises</a> needs no sign-in.</p></${Page}>`;

const App = () => {
  const path = place.value.path;
  useEffect(() => () => {
    said.value = '';
  }, [path]);
  return html`
    <${Patterns} />
    <a class="skip" href="#main" onClick=${skip}>Skip to the page</a>
    <header class="top"><div>
      <a class="brand" href="#/">CloudOperator</a>
      <nav aria-label="Main"><a href="#/" aria-current=${path === '/' ? 'page' : undefined}>Connections</a><a href="/security">Security</a><a href="#/receipt" aria-current=${path === '/receipt' ? 'page' : undefined}>Receipts</a></nav>
      ${session.value && html`<span class="who"><bdi>${session.value.subject}</bdi> <button type="button" class="plain" onClick=${signOut}>Sign out</button></span>`}
    </div></header>
    <main id="main" tabindex="-1">${session.value !== null && said.value && html`<${Note} tone="info" title=${said.value} />`}${session.value !== null || OPEN.has(path) ? html`<${Screen} path=${path} />` : html`<${SignedOut} />`}</main>`;
};

/** The address is the page's own: a jump within it must not change that. @param {Event} event */
const skip = event => {
  event.preventDefault();
  document.getElementById('main')?.focus();
};

const start = async () => {
  const settings = await fetch('/console/settings').then(
    response => (response.ok ? response.json() : {}),
    () => ({}),
  );
  await begin(settings);
  addEventListener('hashchange', takeFromAddress);
  const root = /** @type {HTMLElement} */ (document.getElementById('app'));
  root.replaceChildren();
  const draw = () => render(html`<${App} />`, root);
  onChange(draw);
  draw();
};

await start();

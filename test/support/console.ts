/** Ways into the console for tests that use it as a person would. */
import type { BrowserContext, Page } from 'playwright-core';
import type { Gateway } from './gateway.ts';

interface Who {
  role: 'OPERATOR' | 'COACH' | 'RUNNER';
  /** A runner's username, or any subject. */
  user: string;
}

/** The path, and what stands behind its #, that signs one browser in. */
export async function signInLink(gateway: Gateway, who: Who): Promise<string> {
  const { data } = await gateway.graphql<{ createSignInLink: { url: string } }>(
    'mutation ($input: CreateDevelopmentSessionInput!) { createSignInLink(input: $input) { url } }',
    { input: who },
  );
  const { pathname, hash } = new URL(data.createSignInLink.url);
  return pathname + hash;
}

/** A page of the browser, signed in and at this path. */
export async function signedInPage(browser: BrowserContext, origin: string, gateway: Gateway, who: Who, path: string): Promise<Page> {
  const page = await browser.newPage();
  const [signIn, hash] = (await signInLink(gateway, who)).split('#');
  await page.goto(`${origin}${signIn}?next=${encodeURIComponent(path)}#${hash}`);
  await page.waitForURL((url) => url.pathname === path);
  return page;
}

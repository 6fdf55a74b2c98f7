/** The design's colour tokens for what is drawn on a canvas, which cannot read them itself. */
import { useSyncExternalStore } from 'react';

/** A custom property of design/base.css, such as --series-1. */
export type Token = `--${string}`;

const dark = () => window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(changed: () => void): () => void {
  const query = dark();
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** The scheme that holds now; whoever asks is rendered again when it changes. */
export const useColourScheme = (): 'dark' | 'light' => useSyncExternalStore(subscribe, () => (dark().matches ? 'dark' : 'light'));

/** Tokens as colours of the scheme that holds at that element: light-dark() is resolved by asking for a computed style. */
export function readColours(element: HTMLElement, tokens: readonly Token[]): (token: Token) => string {
  const probe = document.createElement('span');
  element.append(probe);
  const colours = new Map(
    tokens.map((token) => {
      probe.style.color = `var(${token})`;
      return [token, getComputedStyle(probe).color];
    }),
  );
  probe.remove();
  return (token) => colours.get(token) ?? 'currentcolor';
}

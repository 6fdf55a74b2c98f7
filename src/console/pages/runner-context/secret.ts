/** How a text is shown in which the secret part of an address may stand. */
const hidden = '••••••••';

/** What stands behind the last slash of an address. */
export const tokenOf = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? '';

/** The text without the secret, unless its owner asked to see it. */
export const veil = (text: string, token: string, revealed: boolean): string => (revealed ? text : text.replaceAll(token, hidden));

/** Whether an address was made unusable by `veil`. */
export const isVeiled = (url: string): boolean => url.includes(hidden) || url.includes(encodeURIComponent(hidden));

/** What an API key may be allowed to read. */

export const scopes = ['workout-templates:read', 'training-plan-templates:read'] as const;

export type Scope = (typeof scopes)[number];

export const isScope = (text: string): text is Scope => (scopes as readonly string[]).includes(text);

/** Bearer tokens as a gateway sees them: let in, refused, or not to be judged just now. */
import type { Gateway } from './gateway.ts';

interface Seen {
  status: number;
  code: string | null;
  role: string | null;
  retryAfter: string | null;
}

/** What a gateway makes of a bearer token. */
export async function present({ app }: Gateway, token: string): Promise<Seen> {
  const response = await app.fetch(
    new Request('https://gateway.example/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ viewer { role } }' }),
    }),
  );
  const { data, errors } = (await response.json()) as {
    data?: { viewer: { role: string } };
    errors?: { extensions: { code: string } }[];
  };
  const retryAfter = response.headers.get('retry-after');
  return { status: response.status, code: errors?.[0]?.extensions.code ?? null, role: data?.viewer.role ?? null, retryAfter };
}

export const accepted = (role: string): Seen => ({ status: 200, code: null, role, retryAfter: null });
export const refused: Seen = { status: 401, code: 'UNAUTHENTICATED', role: null, retryAfter: null };
export const tryLater: Seen = { status: 503, code: 'UNAVAILABLE', role: null, retryAfter: '10' };

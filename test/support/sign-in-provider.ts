/** An identity provider that people can sign in at: OpenID Connect's metadata, authorization and token endpoints. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newProviderKey, signToken } from './identity-provider.ts';
import { whenDone } from './when-done.ts';

/** What the provider's next person is, and how it behaves. */
export interface SignInProvider {
  settings: { jwksUrl: string; issuer: string; audience: string; roleClaim: string };
  clientId: string;
  /** The claims of whoever signs in next. */
  person: { sub: string; role?: string };
  /** `deny`: the person says no. */
  mood: 'well' | 'deny' | 'down';
}

interface Asked {
  challenge: string;
  nonce: string;
  redirectUrl: string;
}

export async function startSignInProvider(): Promise<SignInProvider> {
  const key = await newProviderKey();
  const codes = new Map<string, Asked>();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: SignInProvider = {
    settings: { jwksUrl: `${address}/keys`, issuer: address, audience: 'ekiden-frontends', roleClaim: 'role' },
    clientId: 'ekiden-console',
    person: { sub: 'coach-a', role: 'coach' },
    mood: 'well',
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', address);
    if (provider.mood === 'down') return void request.socket.destroy();
    if (url.pathname === '/keys') return json(response, 200, { keys: [key.publicJwk] });
    if (url.pathname === '/.well-known/openid-configuration') return json(response, 200, metadata(address));
    if (url.pathname === '/authorize') return authorize(url.searchParams, response);
    if (url.pathname === '/token') return json(response, ...(await exchange(new URLSearchParams(await bodyOf(request)))));
    response.writeHead(404).end();
  }

  function authorize(asked: URLSearchParams, response: ServerResponse): void {
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.searchParams.set('state', asked.get('state') ?? '');
    if (provider.mood === 'deny') back.searchParams.set('error', 'access_denied');
    else {
      const code = crypto.randomUUID();
      codes.set(code, {
        challenge: asked.get('code_challenge') ?? '',
        nonce: asked.get('nonce') ?? '',
        redirectUrl: asked.get('redirect_uri') ?? '',
      });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { Location: back.href }).end();
  }

  async function exchange(asked: URLSearchParams): Promise<[number, object]> {
    const known = codes.get(asked.get('code') ?? '');
    codes.delete(asked.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(asked.get('code_verifier') ?? '')
      .digest('base64url');
    if (!known || known.challenge !== challenge || known.redirectUrl !== asked.get('redirect_uri'))
      return [400, { error: 'invalid_grant' }];
    const seconds = Math.floor(Date.now() / 1000);
    const { sub, role } = provider.person;
    const common = { iss: address, sub, iat: seconds, exp: seconds + 600 };
    return [
      200,
      {
        token_type: 'Bearer',
        expires_in: 600,
        id_token: await signToken(key, { ...common, aud: provider.clientId, nonce: known.nonce }),
        access_token: await signToken(key, { ...common, aud: provider.settings.audience, ...(role && { role }) }, { typ: 'at+jwt' }),
      },
    ];
  }

  return provider;
}

const metadata = (address: string) => ({
  issuer: address,
  authorization_endpoint: `${address}/authorize`,
  token_endpoint: `${address}/token`,
  jwks_uri: `${address}/keys`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  code_challenge_methods_supported: ['S256'],
});

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

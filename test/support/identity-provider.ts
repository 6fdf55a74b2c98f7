/** A small identity provider on this machine: a JWKS address, keys that rotate, and tokens of every kind. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { whenDone } from './when-done.ts';

export interface ProviderKey {
  kid: string;
  algorithm: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  publicJwk: JWK;
  /** The public key as text, as one finds it published. */
  pem: string;
}

export interface IdentityProvider {
  /** What a gateway is told of it. */
  settings: { jwksUrl: string; issuer: string; audience: string; roleClaim: string };
  /** What it publishes at the moment. */
  published: JWK[];
  /** How it answers at the moment; `hang` never does, `refuse` hangs up. */
  mood: 'well' | 'error' | 'hang' | 'refuse' | 'nonsense' | 'redirect';
  /** How often its keys were asked for. */
  fetches(): number;
  /** A new key, which is not published yet. */
  newKey(algorithm?: string): Promise<ProviderKey>;
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  let fetches = 0;
  const server = createServer((request, response) => {
    if (request.url !== '/keys') return void response.writeHead(404).end();
    fetches += 1;
    const keys = JSON.stringify({ keys: provider.published });
    if (provider.mood === 'well') response.writeHead(200, { 'Content-Type': 'application/json' }).end(keys);
    else if (provider.mood === 'error') response.writeHead(500).end(keys);
    else if (provider.mood === 'nonsense') response.writeHead(200).end('<html>');
    else if (provider.mood === 'redirect') response.writeHead(302, { Location: '/keys?elsewhere' }).end();
    else if (provider.mood === 'refuse') request.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: IdentityProvider = {
    settings: { jwksUrl: `${address}/keys`, issuer: address, audience: 'ekiden-frontends', roleClaim: 'role' },
    published: [],
    mood: 'well',
    fetches: () => fetches,
    newKey: newProviderKey,
  };
  return provider;
}

export async function newProviderKey(algorithm = 'RS256'): Promise<ProviderKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const kid = crypto.randomUUID();
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' };
  return { kid, algorithm, privateKey, publicKey, publicJwk, pem: await exportSPKI(publicKey) };
}

/** A token by this key with exactly these claims; `header` adds to the protected header or replaces what is in it. */
export const signToken = ({ algorithm, kid, privateKey }: ProviderKey, claims: JWTPayload, header: object = {}): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid, typ: 'JWT', ...header }).sign(privateKey);

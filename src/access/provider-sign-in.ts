/**
 * Signing in at the deployment's identity provider: OpenID Connect's authorization code flow with PKCE. What comes of
 * it is a token of the provider's, which is a session like any other.
 */
import * as oidc from 'openid-client';
import { DomainError } from '../domain/errors.ts';
import type { Log } from '../platform/log.ts';
import type { Sessions } from './sessions.ts';

export interface ProviderClient {
  /** The provider's `iss`; its metadata is found from it (OpenID Connect Discovery 1.0). */
  issuer: string;
  clientId: string;
  /** Unset for a public client, which PKCE alone protects. */
  clientSecret: string | undefined;
  /** Where the provider sends the browser back to. */
  redirectUrl: string;
}

/** What the browser must bring back for the answer to be believed. */
export interface Begun {
  state: string;
  nonce: string;
  codeVerifier: string;
}

export interface ProviderSignIn {
  /** Where the browser goes, and what it keeps meanwhile. @throws UNAVAILABLE when the provider cannot be asked. */
  begin(): Promise<{ url: URL; begun: Begun }>;
  /** The session that the provider's answer leads to; null when it leads to none. @throws UNAVAILABLE when the provider cannot be asked. */
  finish(answer: URL, begun: Begun): Promise<{ token: string; expiresAt: Date } | null>;
}

const timeoutSeconds = 5;

export function createProviderSignIn(client: ProviderClient, sessions: Sessions, log: Log): ProviderSignIn {
  let found: Promise<oidc.Configuration> | undefined;
  /** Asked for when somebody first signs in, so that a node starts without the provider. */
  function discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = client;
    const authentication = clientSecret ? oidc.ClientSecretPost(clientSecret) : oidc.None();
    // Plain http is for a provider on this machine, which the configuration has made sure of.
    const execute = new URL(issuer).protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
    found ??= oidc.discovery(new URL(issuer), clientId, undefined, authentication, { execute, timeout: timeoutSeconds }).catch((error) => {
      found = undefined;
      log.warn({ error: String(error) }, 'the identity provider cannot be asked how to sign in');
      throw unavailable();
    });
    return found;
  }

  return {
    async begin() {
      const configuration = await discover();
      const begun = { state: oidc.randomState(), nonce: oidc.randomNonce(), codeVerifier: oidc.randomPKCECodeVerifier() };
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: client.redirectUrl,
        scope: 'openid',
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(begun.codeVerifier),
        code_challenge_method: 'S256',
      });
      return { url, begun };
    },
    async finish(answer, { state, nonce, codeVerifier }) {
      const configuration = await discover();
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier, idTokenExpected: true };
      const tokens = await oidc.authorizationCodeGrant(configuration, answer, checks).catch((error: unknown) => {
        log.warn({ error: String(error) }, 'a sign-in at the identity provider came to nothing');
        if (isRefusal(error)) return null;
        throw unavailable();
      });
      // Providers differ in which of the two carries the role and our audience.
      for (const token of [tokens?.access_token, tokens?.id_token]) {
        const session = token ? await sessions.verify(token) : null;
        if (token && session) return { token, expiresAt: session.expiresAt };
      }
      return null;
    },
  };
}

/** The person said no, the code was used before, or this is no answer to what we asked: nobody's server is at fault. */
function isRefusal(error: unknown): boolean {
  if (error instanceof oidc.AuthorizationResponseError) return true;
  if (error instanceof oidc.ResponseBodyError) return error.status < 500;
  return error instanceof oidc.ClientError && error.code !== 'OAUTH_TIMEOUT' && !(error.cause instanceof TypeError);
}

const unavailable = () =>
  new DomainError('UNAVAILABLE', 'The identity provider cannot be asked just now. Try again shortly.', { retryAfterSeconds: 5 });

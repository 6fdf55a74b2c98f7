import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, variableNames } from '../../src/config.ts';

describe('the configuration', () => {
  it('of an empty environment runs on a laptop', () => {
    expect(readConfig({})).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      databaseUrl: undefined,
      dataDir: '.data',
      keyEnvironments: ['LIVE', 'TEST'],
    });
  });

  it('names every fault at once', () => {
    const variables = {
      PORT: '70000',
      DATABASE_URL: 'mysql://somewhere',
      REDIS_URL: 'somewhere',
      ADMIN_TOKEN: 'short',
      SECRET_KEY: 'abc',
      KEY_ENVIRONMENTS: 'live,staging',
      CONTACT_EMAIL: 'nobody',
      LOG_LEVEL: 'loud',
      METRICS_PORT: 'many',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317',
    };
    const error = (() => {
      try {
        return readConfig(variables);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(ConfigError);
    for (const name of [...Object.keys(variables), 'PUBLIC_URL']) expect(String(error)).toContain(`  ${name} `);
    expect(String(error)).not.toContain('abc');
  });

  it('takes several secret keys, newest first, and an address without its trailing slash', () => {
    const [newer, older] = ['a'.repeat(64), 'b'.repeat(64)];
    const config = readConfig({ SECRET_KEY: `${newer}, ${older}`, PUBLIC_URL: 'https://gateway.example/' });
    expect(config).toMatchObject({ secretKeys: [newer, older], publicUrl: 'https://gateway.example' });
  });

  it('takes an identity provider whole or not at all', () => {
    const whole = { SESSION_JWKS_URL: 'https://issuer.example/keys', SESSION_ISSUER: 'https://issuer.example', SESSION_AUDIENCE: 'ekiden' };
    expect(readConfig({}).sessionIssuer).toBeUndefined();
    expect(readConfig(whole).sessionIssuer).toEqual({
      jwksUrl: 'https://issuer.example/keys',
      issuer: 'https://issuer.example',
      audience: 'ekiden',
      roleClaim: 'role',
    });
    expect(readConfig({ ...whole, SESSION_ROLE_CLAIM: 'https://issuer.example/role' }).sessionIssuer?.roleClaim).toBe(
      'https://issuer.example/role',
    );
    expect(() => readConfig({ SESSION_ROLE_CLAIM: 'role' })).toThrow(/SESSION_JWKS_URL .*\n.*SESSION_ISSUER .*\n.*SESSION_AUDIENCE /);
    expect(() => readConfig({ ...whole, SESSION_AUDIENCE: '' })).toThrow('SESSION_AUDIENCE is required');
  });

  it.each([
    'http://issuer.example/keys',
    'http://localhost.evil.example/keys',
    'https://user:secret@issuer.example/keys',
    'file:///keys',
    'keys',
  ])('does not trust keys from %s', (address) => {
    const fault = (() => {
      try {
        return readConfig({ SESSION_JWKS_URL: address, SESSION_ISSUER: 'https://issuer.example', SESSION_AUDIENCE: 'ekiden' });
      } catch (thrown) {
        return String(thrown);
      }
    })();
    expect(fault).toContain('SESSION_JWKS_URL must be an https address');
    expect(fault).not.toContain('secret');
  });

  it.each(['https://issuer.example/keys', 'http://localhost:4400/keys', 'http://127.0.0.1:4400/keys', 'http://[::1]:4400/keys'])(
    'takes keys from %s',
    (address) => {
      const issuer = { SESSION_JWKS_URL: address, SESSION_ISSUER: 'https://issuer.example', SESSION_AUDIENCE: 'ekiden' };
      expect(readConfig(issuer).sessionIssuer?.jwksUrl).toBe(address);
    },
  );

  it('is listed in .env.example, variable by variable', () => {
    const lines = readFileSync('.env.example', 'utf8').split('\n');
    const listed = lines.flatMap((line) => /^([A-Z_]+)=/.exec(line)?.[1] ?? []);
    expect(listed.sort()).toEqual([...variableNames].sort());
  });
});

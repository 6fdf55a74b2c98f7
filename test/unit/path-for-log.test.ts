import { describe, expect, it } from 'vitest';
import { clientAddress } from '../../src/http/client-address.ts';
import { pathForLog } from '../../src/http/path-for-log.ts';

const token = 'sentinel-Token_0123456789abcdefghijklmnopqr';

describe('a path in the log', () => {
  it('never holds a context token, however the address was mangled', () => {
    for (const path of [
      `/api/runner-context/${token}`,
      `/api/runner-context/${token}/health`,
      `//api//runner-context//${token}//health`,
      `/API/Runner-Context/${token.slice(0, 20)}`,
      `/api/runner%2Dcontext/${token}`,
      `/${token}`,
      `/api/runner-context/${token}.`,
    ]) {
      expect(pathForLog(path)).toContain(':token');
      expect(pathForLog(path)).not.toContain(token.slice(0, 20));
    }
  });

  it('still says what was asked for otherwise', () => {
    for (const path of ['/', '/livez', '/api/workout-templates/01a20477-f1dc-74c8-a32e-9e14c4313b26', '/api/runner-context/']) {
      expect(pathForLog(path)).toBe(path);
    }
  });
});

describe('the address of a client', () => {
  it.each([
    ['203.0.113.1', null, 0, '203.0.113.1'],
    ['203.0.113.1', '198.51.100.1', 0, '203.0.113.1'],
    ['10.0.0.1', '192.0.2.99, 198.51.100.1', 1, '198.51.100.1'],
    ['10.0.0.1', '192.0.2.99, 198.51.100.1, 10.0.0.2', 2, '198.51.100.1'],
    ['10.0.0.1', null, 1, '10.0.0.1'],
    ['10.0.0.1', 'rubbish', 1, '10.0.0.1'],
    [undefined, null, 0, null],
  ])('of %s with X-Forwarded-For %s behind %i proxies is %s', (peer, forwardedFor, hops, expected) => {
    expect(clientAddress(peer, forwardedFor, hops)).toBe(expected);
  });
});

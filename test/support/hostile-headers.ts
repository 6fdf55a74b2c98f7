/** Headers that some server, proxy or framework somewhere listens to, and what to say in them. */
import fc from 'fast-check';
import { headerText, weighted } from './hostile-texts.ts';

const types = [
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  '',
];
const hosts = [
  'gateway.example',
  'localhost',
  'evil.example',
  'evil.example:80',
  '127.0.0.1',
  '[::1]',
  'gateway.example.',
  '',
  'a b',
  '@',
  'x/../y',
];

const headerValues: Record<string, readonly string[]> = {
  'If-None-Match': ['*', 'W/"x"', '"x", W/"y"', '"'.repeat(500), 'x,'.repeat(2_000)],
  'X-Request-Id': ['nightly-1', 'x'.repeat(64), 'x'.repeat(65), '__proto__', 'a\tb'],
  Accept: ['*/*', 'application/json', 'text/markdown', 'text/markdown;q=x', 'image/png', ';;,,', 'a/b,'.repeat(1_000)],
  'Accept-Encoding': ['gzip', 'gzip;q=0', 'br, *;q=0.1', 'identity;q=0', 'x'],
  'Content-Type': types,
  'Content-Encoding': ['gzip', 'br', 'x'],
  Host: hosts,
  'X-Forwarded-For': ['1.2.3.4', '::1', 'x', '1.2.3.4, 5.6.7.8', "127.0.0.1'"],
  'X-Forwarded-Host': ['evil.example'],
  'X-Forwarded-Proto': ['http', 'javascript'],
  Forwarded: ['for=1.2.3.4;host=evil.example;proto=http'],
  'X-HTTP-Method-Override': ['DELETE', 'POST'],
  'X-Original-URL': ['/api/key'],
  Origin: ['https://evil.example', 'null', 'https://gateway.example', 'x'],
  'Sec-Fetch-Site': ['cross-site', 'same-origin', 'x'],
  Cookie: ['__Host-ekiden-session=x', '__Host-ekiden-session=eyJhbGciOiJub25lIn0.e30.', '=;;;=', 'a=b; '.repeat(500)],
  Range: ['bytes=0-0', 'bytes=0-,0-,0-,0-', 'x'],
  'If-Match': ['*', '"x"'],
  'If-Modified-Since': ['x', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  traceparent: ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', '00-0-0-0', 'x'],
  TE: ['trailers'],
  Expect: ['100-continue', 'x'],
  Upgrade: ['websocket', 'h2c'],
  Referer: ['https://evil.example'],
  'User-Agent': ['Claude-User/1.0', "x' OR 1=1--", '', 'x'.repeat(3_000)],
};

/** One header, with a name and a value that may not be its own. */
export const headerOf = fc
  .constantFrom(...Object.keys(headerValues))
  .chain((name) =>
    fc.tuple(
      weighted(
        [6, fc.constant(name)],
        [1, fc.constant(name.toLowerCase())],
        [1, fc.constantFrom('X-Y', '__proto__', 'constructor', 'x_y')],
      ),
      weighted([3, fc.constantFrom(...(headerValues[name] ?? []))], [2, headerText]),
    ),
  );

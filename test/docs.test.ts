import { describe, expect, it } from 'vitest';
import { createOpenApiDocument } from '../src/http/openapi/document.ts';
import { publicUrl, startGateway } from './support/gateway.ts';

const gateway = await startGateway();
const typeOf = (response: Response) => response.headers.get('content-type');

describe('/api/openapi.json', () => {
  it('is the document of this gateway, for everyone', async () => {
    const response = await gateway.get('/api/openapi.json');
    expect([response.status, typeOf(response)]).toEqual([200, 'application/json; charset=utf-8']);
    const document = (await response.json()) as { info: object; servers: object[] };
    expect(document).toEqual(createOpenApiDocument({ publicUrl, contactEmail: 'partners@gateway.example' }));
    expect(document.servers).toMatchObject([{ url: 'https://gateway.example/api' }]);
    expect(document.info).toMatchObject({ contact: { email: 'partners@gateway.example' } });
    expect(JSON.stringify(document)).not.toContain('localhost');
  });

  it('names no contact when none is configured', () => {
    expect(createOpenApiDocument({ publicUrl, contactEmail: undefined })).not.toHaveProperty('info.contact');
  });

  it('is not sent again to whoever has it', async () => {
    const etag = (await gateway.get('/api/openapi.json')).headers.get('etag') ?? '';
    const again = await gateway.get('/api/openapi.json', null, { headers: { 'If-None-Match': etag } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  });
});

describe('/api/docs', () => {
  it('is the page itself, without a redirect, under a policy that lets it load from here only', async () => {
    const response = await gateway.get('/api/docs', null, { redirect: 'manual' });
    expect([response.status, typeOf(response)]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toMatch(/https?:|\*/);
    const page = await response.text();
    const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
    expect(loaded).toHaveLength(4);
    for (const address of loaded) expect((await gateway.get(address)).status).toBe(200);
  });

  it.each([
    ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
    ['swagger-ui.css', 'text/css; charset=utf-8'],
    ['start.js', 'text/javascript; charset=utf-8'],
    ['favicon-32x32.png', 'image/png'],
  ])('serves %s from the package, and 304 to whoever has it', async (name, type) => {
    const response = await gateway.get(`/api/docs/${name}`);
    expect([response.status, typeOf(response)]).toEqual([200, type]);
    expect((await response.arrayBuffer()).byteLength).toBe(Number(response.headers.get('content-length')));
    const etag = response.headers.get('etag') ?? '';
    expect((await gateway.get(`/api/docs/${name}`, null, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  });

  it('answers HEAD with the headers of GET', async () => {
    const [got, headed] = await Promise.all([gateway.get('/api/docs'), gateway.get('/api/docs', null, { method: 'HEAD' })]);
    expect([headed.status, await headed.text()]).toEqual([200, '']);
    for (const name of ['etag', 'content-length', 'content-type']) expect(headed.headers.get(name)).toBe(got.headers.get(name));
  });

  it.each(['/api/docs/', '/api/docs/package.json', '/api/docs/../openapi.json/x', '/api/docs/%2e%2e/package.json', '/api/docs/index.html'])(
    'has nothing at %s',
    async (path) => {
      const response = await gateway.get(path);
      expect([response.status, typeOf(response)]).toEqual([404, 'application/problem+json; charset=utf-8']);
      expect(await response.json()).toMatchObject({ code: 'NOT_FOUND' });
    },
  );

  it.each(['/api/docs', '/api/openapi.json', '/api/docs/start.js'])('takes nothing but GET and HEAD on %s', async (path) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const response = await gateway.get(path, null, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
      expect(await response.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED', status: 405 });
    }
  });
});

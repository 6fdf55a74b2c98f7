/** For crawlers: runners' contexts are for whom their owners gave the address to. */
import type { Door } from './exchange.ts';
import { runnerContextPath } from './rest.ts';

const text = `User-agent: *\nDisallow: ${runnerContextPath}/\n`;

export const robotsDoor: Door = async () => ({
  status: 200,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=86400' },
  body: text,
});

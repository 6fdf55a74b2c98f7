/** By hand, with a query for every page. */
import { serveHandWritten } from './hand-written-app.ts';

await serveHandWritten({ cached: false });

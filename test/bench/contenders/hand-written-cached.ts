/** By hand, after another week: bytes are kept while the revision, read with the key, has not moved. */
import { serveHandWritten } from './hand-written-app.ts';

await serveHandWritten({ cached: true });

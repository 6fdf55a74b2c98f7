/** The API's documentation: the OpenAPI document, and Swagger UI from the package, without another host. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, Door } from './exchange.ts';
import { file, filesDoor } from './files.ts';
import { pageHeaders } from './headers.ts';
import { createOpenApiDocument, type DocumentSettings } from './openapi/document.ts';
import { restBasePath } from './rest.ts';

const swaggerFolder = path.dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));

const swaggerAssets: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

const docsPath = `${restBasePath}/docs`;

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ekiden API</title>
<link rel="icon" href="${docsPath}/favicon-32x32.png">
<link rel="stylesheet" href="${docsPath}/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="${docsPath}/swagger-ui-bundle.js"></script>
<script src="${docsPath}/start.js"></script>
</body>
</html>
`;

/** Requests go to the host that the page came from, whatever name it was opened by: the policy below allows no other. */
const startScript = `SwaggerUIBundle({
  url: '${restBasePath}/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null,
  requestInterceptor(request) {
    const { pathname, search } = new URL(request.url, location.href);
    request.url = location.origin + pathname + search;
    return request;
  },
});
`;

/** Everything from here, nothing from elsewhere; Swagger UI writes style attributes and data: images. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Answers /api/openapi.json, /api/docs and what that page loads. Public: it tells how to ask, not what is stored. */
export function docsDoor(settings: DocumentSettings): Door {
  // Made when somebody asks: no other request should wait for a document at the start.
  let answers: Map<string, Answer> | undefined;
  return filesDoor((asked) => {
    answers ??= docsAnswers(settings);
    return answers.get(asked);
  });
}

function docsAnswers(settings: DocumentSettings): Map<string, Answer> {
  const document = JSON.stringify(createOpenApiDocument(settings));
  const answers = new Map<string, Answer>([
    [`${restBasePath}/openapi.json`, file('application/json; charset=utf-8', document)],
    [docsPath, file('text/html; charset=utf-8', page, pageHeaders(contentSecurityPolicy))],
    [`${docsPath}/start.js`, file('text/javascript; charset=utf-8', startScript)],
  ]);
  for (const [name, type] of Object.entries(swaggerAssets)) {
    answers.set(`${docsPath}/${name}`, file(type, readFileSync(path.join(swaggerFolder, name))));
  }
  return answers;
}

/** One message over Streamable HTTP, without sessions: the answer to it, and to nothing before or after it. */
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';

/**
 * Hands the message to the server and gives its answer, as one JSON document unless it is to be `streamed`: that is for
 * servers that say something before they answer. The server is used up by it.
 */
export async function exchangeMessage(server: McpServer, request: Request, message: unknown, { streamed = false } = {}): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: !streamed });
  await server.connect(transport);
  return transport.handleRequest(request, { parsedBody: message });
}

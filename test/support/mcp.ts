/** The SDK's own client, talking to a gateway in this process or to one behind a socket. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { type Gateway, publicUrl } from './gateway.ts';

/** Connects; every further call is an HTTP request of its own. */
export async function connectMcp(address: string, send: (request: Request) => Promise<Response> = fetch): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' });
  const transport = new StreamableHTTPClientTransport(new URL(address), { fetch: (url, init) => send(new Request(url, init)) });
  await client.connect(transport);
  return client;
}

/** The MCP server of the context at this path of the gateway. */
export const connectGatewayMcp = (gateway: Gateway, contextPath: string): Promise<Client> =>
  connectMcp(`${publicUrl}${contextPath}/mcp`, (request) => gateway.app.fetch(request));

/** What tests look at of the tools' data; each tool gives its own part of it. */
interface ToolData {
  runner: object;
  context_markdown: string;
  metrics: { date: string }[];
  runs: { date: string }[];
  personal_bests: object[];
  next_call?: { tool: string; arguments: object };
}

interface ToolResult {
  isError: boolean;
  text: string;
  data: ToolData;
}

/** Calls a tool. What it gives as data has been held against its schema by the client. */
export async function callTool(client: Client, name: string, args: object = {}): Promise<ToolResult> {
  const { isError = false, content, structuredContent = {} } = (await client.callTool({ name, arguments: { ...args } })) as CallToolResult;
  const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
  return { isError, text, data: structuredContent as unknown as ToolData };
}

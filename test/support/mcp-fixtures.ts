/** The tools, resources and prompts that scenarios of the MCP conformance suite ask for by name. */
import { McpServer, ResourceTemplate, type ToolCallback } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  CompleteRequestSchema,
  CreateMessageResultSchema,
  type ElicitRequestFormParams,
  ElicitResultSchema,
  ListToolsRequestSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

/** One red pixel, and a wave file without a sample. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const wav = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';

const text = (said: string) => ({ type: 'text' as const, text: said });
const image = { type: 'image' as const, data: png, mimeType: 'image/png' };
const embedded = (uri: string, mimeType: string, said: string) => ({ type: 'resource' as const, resource: { uri, mimeType, text: said } });

const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

export function createFixtureServer(): McpServer {
  const mcp = new McpServer({ name: 'fixtures', version: '1.0.0' }, { capabilities: { logging: {}, completions: {} } });
  mcp.server.registerCapabilities({ resources: { subscribe: true } });
  addContents(mcp);
  addNotifiers(mcp);
  addQuestions(mcp);
  addResources(mcp);
  addPrompts(mcp);
  addWholeSchema(mcp);
  return mcp;
}

function addContents(mcp: McpServer): void {
  const contents = {
    test_simple_text: [text('This is a simple text response for testing.')],
    test_image_content: [image],
    test_audio_content: [{ type: 'audio' as const, data: wav, mimeType: 'audio/wav' }],
    test_embedded_resource: [embedded('test://embedded-resource', 'text/plain', 'This is an embedded resource content.')],
    test_multiple_content_types: [
      text('Multiple content types test:'),
      image,
      embedded('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
    ],
  };
  for (const [name, content] of Object.entries(contents)) mcp.registerTool(name, { description: name }, () => ({ content }));
  mcp.registerTool('test_error_handling', { description: 'fails' }, () => {
    throw new Error('This tool intentionally returns an error for testing');
  });
}

function addNotifiers(mcp: McpServer): void {
  mcp.registerTool('test_tool_with_logging', { description: 'logs three times' }, async ({ sendNotification }) => {
    for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await sendNotification({ method: 'notifications/message', params: { level: 'info', data } });
      await pause();
    }
    return { content: [text('done')] };
  });
  mcp.registerTool('test_tool_with_progress', { description: 'tells its progress' }, async ({ sendNotification, _meta }) => {
    const progressToken = _meta?.progressToken ?? 'none';
    for (const progress of [0, 50, 100]) {
      await sendNotification({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
      await pause();
    }
    return { content: [text('done')] };
  });
}

type Extra = Parameters<ToolCallback>[0];

/** What asks the client something, over the stream of the call that it serves, and waits for the answer. */
function addQuestions(mcp: McpServer): void {
  mcp.registerTool(
    'test_sampling',
    { description: 'asks a model', inputSchema: { prompt: z.string() } },
    async ({ prompt }, { sendRequest }) => {
      const params = { messages: [{ role: 'user' as const, content: text(prompt) }], maxTokens: 100 };
      const { content } = await sendRequest({ method: 'sampling/createMessage', params }, CreateMessageResultSchema);
      return { content: [text(`LLM response: ${JSON.stringify(content)}`)] };
    },
  );
  const ask = async ({ sendRequest }: Extra, message: string, requestedSchema: ElicitRequestFormParams['requestedSchema']) => {
    const { action, content } = await sendRequest(
      { method: 'elicitation/create', params: { message, requestedSchema } },
      ElicitResultSchema,
    );
    return { content: [text(`Elicitation completed: action=${action}, content=${JSON.stringify(content)}`)] };
  };
  const elicit = { description: 'asks the user', inputSchema: { message: z.string() } };
  mcp.registerTool('test_elicitation', elicit, ({ message }, extra) =>
    ask(extra, message, {
      type: 'object',
      properties: { username: { type: 'string' }, email: { type: 'string' } },
      required: ['username', 'email'],
    }),
  );
  mcp.registerTool('test_elicitation_sep1034_defaults', { description: 'asks with defaults' }, (extra) =>
    ask(extra, 'Defaults', {
      type: 'object',
      properties: {
        name: { type: 'string', default: 'John Doe' },
        age: { type: 'integer', default: 30 },
        score: { type: 'number', default: 95.5 },
        status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
        verified: { type: 'boolean', default: true },
      },
    }),
  );
  const titled = [1, 2, 3].map((number) => ({ const: `value${number}`, title: `Option ${number}` }));
  const options = ['option1', 'option2', 'option3'];
  mcp.registerTool('test_elicitation_sep1330_enums', { description: 'asks with choices' }, (extra) =>
    ask(extra, 'Choices', {
      type: 'object',
      properties: {
        untitledSingle: { type: 'string', enum: options },
        titledSingle: { type: 'string', oneOf: titled },
        legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'], enumNames: ['Option One', 'Option Two', 'Option Three'] },
        untitledMulti: { type: 'array', items: { type: 'string', enum: options } },
        titledMulti: { type: 'array', items: { anyOf: titled } },
      },
    }),
  );
}

function addResources(mcp: McpServer): void {
  mcp.registerResource('text', 'test://static-text', { mimeType: 'text/plain' }, ({ href: uri }) => ({
    contents: [{ uri, mimeType: 'text/plain', text: 'This is the content of the static text resource.' }],
  }));
  mcp.registerResource('binary', 'test://static-binary', { mimeType: 'image/png' }, ({ href: uri }) => ({
    contents: [{ uri, mimeType: 'image/png', blob: png }],
  }));
  const template = new ResourceTemplate('test://template/{id}/data', { list: undefined });
  mcp.registerResource('template', template, { mimeType: 'application/json' }, ({ href: uri }, { id }) => ({
    contents: [{ uri, mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${String(id)}` }) }],
  }));
  mcp.server.setRequestHandler(SubscribeRequestSchema, () => ({}));
  mcp.server.setRequestHandler(UnsubscribeRequestSchema, () => ({}));
}

function addPrompts(mcp: McpServer): void {
  const user = <Content>(content: Content) => ({ role: 'user' as const, content });
  mcp.registerPrompt('test_simple_prompt', {}, () => ({ messages: [user(text('This is a simple prompt for testing.'))] }));
  mcp.registerPrompt('test_prompt_with_arguments', { argsSchema: { arg1: z.string(), arg2: z.string() } }, ({ arg1, arg2 }) => ({
    messages: [user(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`))],
  }));
  mcp.registerPrompt('test_prompt_with_embedded_resource', { argsSchema: { resourceUri: z.string() } }, ({ resourceUri }) => ({
    messages: [
      user(embedded(resourceUri, 'text/plain', 'Embedded resource content for testing.')),
      user(text('Please process the embedded resource above.')),
    ],
  }));
  mcp.registerPrompt('test_prompt_with_image', {}, () => ({ messages: [user(image), user(text('Please analyze the image above.'))] }));
  mcp.server.setRequestHandler(CompleteRequestSchema, () => ({ completion: { values: ['paris', 'park', 'party'] } }));
}

/** A schema that zod cannot say: it is listed as it stands, as the gateway lists its own. */
function addWholeSchema(mcp: McpServer): void {
  const tool = {
    name: 'json_schema_2020_12_tool',
    description: 'Tool with JSON Schema 2020-12 features',
    inputSchema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object' as const,
      $defs: { address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } } },
      properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
      additionalProperties: false,
    },
  };
  mcp.server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [tool] }));
}

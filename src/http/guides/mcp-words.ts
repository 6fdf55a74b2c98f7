/** What the guides say of the MCP server. */

/** The tools, and what each gives; a tool is absent when the runner does not share its section. */
export const mcpTools: [name: string, what: string][] = [
  ['get_context', 'the document about the runner; `sections` and `detail` as over HTTP'],
  ['get_health', 'daily health metrics, newest first; `before` a day, at most `limit` of them; needs the section health'],
  ['get_runs', 'runs, newest first; `before` and `limit` likewise; needs the section training'],
  ['get_personal_bests', 'the best time at each distance; needs the section profile'],
];

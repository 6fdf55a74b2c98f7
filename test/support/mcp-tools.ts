/** The programs that judge the MCP server. They are a package of their own, installed by `npm run mcp-tools`. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../mcp-tools', import.meta.url));
const programs = {
  conformance: '@modelcontextprotocol/conformance/dist/index.js',
  inspector: '@modelcontextprotocol/inspector-cli/build/cli.js',
};

/** Whether they are installed; a line says so when they are not. */
export const hasMcpTools = Object.values(programs).every((program) => existsSync(path.join(folder, 'node_modules', program)));
if (!hasMcpTools) console.log('Left out, because their tools are not installed (npm run mcp-tools): MCP conformance suite and inspector');

interface Outcome {
  passed: boolean;
  output: string;
}

function run(program: keyof typeof programs, args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const file = path.join(folder, 'node_modules', programs[program]);
    // The inspector looks for its package.json from where it is started, not from where it lies.
    const options = { cwd: path.dirname(file), timeout: 60_000, env: { ...process.env, NO_COLOR: '1' } };
    execFile(process.execPath, [file, ...args], options, (error, stdout, stderr) => {
      resolve({ passed: error === null, output: error ? `${stdout}${stderr}` : stdout });
    });
  });
}

/** One scenario of the official suite against a server; what it found when it did not pass. */
export const runScenario = (url: string, scenario: string): Promise<Outcome> =>
  run('conformance', ['server', '--url', url, '--scenario', scenario]);

/** The names of all server scenarios of the suite. */
export async function serverScenarios(): Promise<string[]> {
  const { output } = await run('conformance', ['list', '--server']);
  return [...output.matchAll(/^ {2}- (\S+)$/gm)].map(([, name = '']) => name);
}

/** What the inspector prints for a method of a server, as JSON. @throws what it complains of. */
export async function inspect(url: string, ...args: string[]): Promise<Record<string, never>> {
  const { passed, output } = await run('inspector', ['--cli', url, '--transport', 'http', ...args]);
  if (!passed) throw new Error(output);
  return JSON.parse(output) as Record<string, never>;
}

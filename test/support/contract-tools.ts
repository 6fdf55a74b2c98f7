/** The tools that judge the OpenAPI document. They are a package of their own, installed by `npm run contract-tools`. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../contract-tools', import.meta.url));

/** The folder of the tools; null, and a line that says so, when they are not installed. */
export const contractTools = existsSync(path.join(folder, 'node_modules/typescript')) ? folder : null;
if (!contractTools) console.log('Left out, because their tools are not installed (npm run contract-tools): linters and generated client');

/** Runs a program of the tools in their folder, without letting it call home. */
export function runTool(program: string, args: string[], cwd = folder): Promise<{ code: number; output: string }> {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(process.execPath, [path.join(folder, 'node_modules', program), ...args], { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: error ? 1 : 0, output: error ? `${stdout}${stderr}` : stdout });
    });
  });
}

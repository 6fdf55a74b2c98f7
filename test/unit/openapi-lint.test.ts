import { describe, expect, it } from 'vitest';
import { contractTools, runTool } from '../support/contract-tools.ts';

describe.skipIf(!contractTools)('the OpenAPI document', () => {
  it('has neither errors nor warnings by the rules of Spectral and of the OWASP API Security Top 10', async () => {
    const report = await runTool('@stoplight/spectral-cli/dist/index.js', ['lint', '../../schema/openapi.json', '--fail-severity=hint']);
    expect(report).toEqual({ code: 0, output: expect.stringContaining('No results') });
  });

  it('has neither errors nor warnings by the recommended rules of Redocly', async () => {
    const report = await runTool('@redocly/cli/bin/cli.js', ['lint', '../../schema/openapi.json', '--format=json']);
    expect(report).toEqual({ code: 0, output: expect.stringMatching(/"errors": 0,\s+"warnings": 0/) });
  });
});

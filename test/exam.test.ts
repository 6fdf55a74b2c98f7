import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { demoRunner } from '../src/demo/runner.ts';
import { answerable, type ExamFile, unanswerable } from './exam/questions.ts';
import { startGateway } from './support/gateway.ts';
import { createSharedRunner, everything } from './support/runners.ts';

/** A runner's file to be examined too, and a folder to write document and questions to: see test/exam/README.md. */
const { EXAM_RUNNER_FILE, EXAM_FOLDER } = process.env;

const gateway = await startGateway();

const dayMs = 86_400_000;

/** The day after the newest entry, so that the exam of a file is the same whenever it is held. */
function dayAfter({ dailyMetrics, runs }: ExamFile): Date {
  const newest = [...dailyMetrics.map(({ date }) => Date.parse(date)), ...runs.map(({ startedAt }) => Date.parse(startedAt))];
  return new Date(Math.max(...newest) + dayMs);
}

const demo = { name: 'the demo’s runner', now: new Date('2026-06-13T19:00:00.000Z') };
const files = [{ ...demo, file: demoRunner(demo.now) as unknown as ExamFile }];
if (EXAM_RUNNER_FILE) {
  const { runners } = JSON.parse(readFileSync(EXAM_RUNNER_FILE, 'utf8')) as { runners: [ExamFile] };
  files.push({ name: 'the given file', file: runners[0], now: dayAfter(runners[0]) });
}

describe.each(files)('the exam of $name', async ({ name, file, now }) => {
  gateway.clock.now = now;
  const { path: address } = await createSharedRunner(
    gateway,
    { ...file, username: `exam-${crypto.randomUUID()}` },
    { ...everything, labs: false },
  );
  const document = await (await gateway.get(address)).text();
  const lines = document.split('\n');
  const [ten, tenMore] = [answerable(file), unanswerable(file)];
  const questions = [...ten, ...tenMore].map(({ question, answer }) => ({ question, answer }));

  if (EXAM_FOLDER) {
    mkdirSync(EXAM_FOLDER, { recursive: true });
    writeFileSync(path.join(EXAM_FOLDER, 'document.md'), document);
    writeFileSync(path.join(EXAM_FOLDER, 'exam.json'), `${JSON.stringify(questions, null, 2)}\n`);
  }

  it.each(ten)('$question: $answer, and the document says it', ({ found }) => {
    expect(
      lines.some((line) => found.every((part) => line.includes(part))),
      `${found.join(' + ')} in\n${document}`,
    ).toBe(true);
  });

  it.each(tenMore)('$question: the document does not say', ({ absent }) => {
    for (const pattern of absent) expect(document).not.toMatch(pattern);
  });

  it('has twenty questions, ten of them without an answer', async () => {
    expect(questions).toHaveLength(20);
    expect(questions.filter(({ answer }) => answer === 'not in the document')).toHaveLength(10);
    if (name === demo.name) await expect(`${JSON.stringify(questions, null, 2)}\n`).toMatchFileSnapshot('exam/exam.json');
  });
});

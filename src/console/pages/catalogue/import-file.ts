/** Takes a chosen file to the gateway: reads it, makes sure that it is JSON, and has it written. */
import { useState } from 'react';
import { useClient } from 'urql';
import { type Failure, failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import type { ImportCatalogueMutation } from '../../gql/graphql.ts';

const importMutation = graphql(`
  mutation ImportCatalogue($input: ImportCatalogueInput!) {
    importCatalogue(input: $input) {
      counts { noun created updated unchanged }
      refusals { path message }
    }
  }
`);

/** As much as the gateway takes. */
const sizeMaxBytes = 25_000_000;

export type ImportState =
  | { stage: 'waiting' }
  | { stage: 'reading' | 'writing'; fileName: string }
  /** The file never left the browser. */
  | { stage: 'unreadable'; fileName: string; reason: string }
  | { stage: 'refused'; fileName: string; failure: Failure }
  | { stage: 'done'; fileName: string; report: ImportCatalogueMutation['importCatalogue'] };

async function readJson(file: File): Promise<{ input: unknown } | { reason: string }> {
  if (file.size > sizeMaxBytes) {
    const megabytes = (file.size / 1_000_000).toFixed(1);
    return { reason: `It has ${megabytes} MB, and 25 MB is the most. Split it into several files: each may hold some of the templates.` };
  }
  let text: string;
  try {
    text = await file.text();
  } catch (error) {
    return { reason: `The browser could not read it (${(error as Error).message}). Choose it again.` };
  }
  try {
    return { input: JSON.parse(text) as unknown };
  } catch (error) {
    return { reason: `It is not JSON: ${(error as Error).message}. Mend that place, or choose another file.` };
  }
}

export function useImport(): [ImportState, (file: File) => Promise<void>] {
  const client = useClient();
  const [state, setState] = useState<ImportState>({ stage: 'waiting' });
  async function start(file: File): Promise<void> {
    const fileName = file.name;
    setState({ stage: 'reading', fileName });
    const read = await readJson(file);
    if ('reason' in read) {
      setState({ stage: 'unreadable', fileName, reason: read.reason });
      return;
    }
    setState({ stage: 'writing', fileName });
    const { data, error } = await client.mutation(importMutation, { input: read.input }, { additionalTypenames });
    const failure = failureOf(error);
    if (failure) setState({ stage: 'refused', fileName, failure });
    else if (data) setState({ stage: 'done', fileName, report: data.importCatalogue });
  }
  return [state, start];
}

const additionalTypenames = ['WorkoutTemplate', 'TrainingPlanTemplate'];

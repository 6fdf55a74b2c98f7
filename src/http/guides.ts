/** What a person or a language model that has never seen the gateway reads first: /llms.txt, /llms-full.txt, /developers.md. */
import { prefersMarkdown } from './accept.ts';
import type { Answer, Door } from './exchange.ts';
import { file, filesDoor } from './files.ts';
import { readContract } from './guides/contract.ts';
import { developerPage } from './guides/developers.ts';
import { llmsFull } from './guides/llms-full.ts';
import { llmsIndex } from './guides/llms-index.ts';
import type { DocumentSettings } from './openapi/document.ts';

export const guidePaths = /^\/(llms\.txt|llms-full\.txt|developers\.md)$/;

/** Markdown for everybody, as plain text unless the client accepts text/markdown by name. */
export function guidesDoor(settings: DocumentSettings): Door {
  // Made when somebody asks, as the document they are taken from.
  let texts: Record<string, string> | undefined;
  const answers = new Map<string, Answer>();
  return filesDoor((path, accept): Answer | undefined => {
    texts ??= guideTexts(settings);
    const text = texts[path];
    if (text === undefined) return undefined;
    const type = prefersMarkdown(accept) ? 'text/markdown' : 'text/plain';
    const known = answers.get(`${type} ${path}`) ?? file(`${type}; charset=utf-8`, text, { Vary: 'Accept, Accept-Encoding' });
    answers.set(`${type} ${path}`, known);
    return known;
  });
}

function guideTexts(settings: DocumentSettings): Record<string, string> {
  const contract = readContract(settings);
  return { '/llms.txt': llmsIndex(contract), '/llms-full.txt': llmsFull(contract), '/developers.md': developerPage(contract) };
}
